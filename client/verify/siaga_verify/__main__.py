"""`python -m siaga_verify` is `siaga-verify`."""

import sys

from siaga_verify.cli import main

sys.exit(main())
