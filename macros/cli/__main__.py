"""Lets `python -m macros.cli` do what `handbook` does."""

import sys

from macros.cli import main

sys.exit(main())
