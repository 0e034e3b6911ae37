"""`python -m app`."""

import sys

from app.cli import main

if __name__ == "__main__":  # the workers import this module too
    sys.exit(main())
