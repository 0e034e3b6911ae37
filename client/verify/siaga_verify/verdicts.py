"""What was proven, in one line that can be said in another language."""

from typing import Any


class Verdict:
    """A constant text with named values, and lines of detail that need no words."""

    def __init__(self, text: str, details: tuple[str, ...] = (), **values: Any) -> None:
        self.text = text
        self.details = details
        self.values = values
