"""Why something is not accepted, each kind with its exit code.

Refusal
├── Unproven      1   it is whole, and does not verify
├── Malformed     3   it cannot be read as what it should be
├── Unreachable   4   a file or an address gave no answer
└── Misconduct    5   the log's own signatures prove that it lied
"""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is a verdict, not a fault of this program
    """A constant text with named values, so that it can be said in another language."""

    code = 1

    def __init__(self, text: str, **values: Any) -> None:
        super().__init__(text.format(**values))
        self.text = text
        self.values = values


class Unproven(Refusal):
    """It is whole, and does not verify."""

    code = 1


class Malformed(Refusal):
    """It cannot be read as what it should be."""

    code = 3


class Unreachable(Refusal):
    """A file or an address gave no answer."""

    code = 4


class Misconduct(Refusal):
    """The log's own signatures prove that it lied: keep both files."""

    code = 5
