"""`python -m siaga_client` is `siaga`."""

import sys

from siaga_client.cli import main

sys.exit(main())
