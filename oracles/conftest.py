"""The fixtures of the tests serve here too."""

from tests.conftest import postgresql

__all__ = ["postgresql"]
