"""Measures the service against the floors of this machine, in one run."""

import warnings

# The packaged PostgreSQL looks for it at import and does without.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is")
