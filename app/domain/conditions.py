"""Conditions as data: a small tree over what a reader is and what a thing says of itself.

Each can be asked of one thing here, and said in SQL by `services.visibility`; so a rule is written once.
"""

from dataclasses import dataclass
from typing import Any, Protocol


class Condition(Protocol):
    """Whatever can be asked of a reader and a thing."""

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""


@dataclass(frozen=True, slots=True)
class ReaderIs:
    """Something is true of the reader."""

    reader: str

    def holds(self, reader: Any, thing: Any) -> bool:  # noqa: ARG002 - nothing of the thing matters
        """Whether it is so."""
        return bool(getattr(reader, self.reader))


@dataclass(frozen=True, slots=True)
class ReaderHolds:
    """The reader holds a permission."""

    permission: str

    def holds(self, reader: Any, thing: Any) -> bool:  # noqa: ARG002 - nothing of the thing matters
        """Whether it is so."""
        return self.permission in reader.permissions


@dataclass(frozen=True, slots=True)
class Is:
    """A member of the thing is the same as one of the reader."""

    member: str
    reader: str

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        return bool(getattr(thing, self.member) == getattr(reader, self.reader))


@dataclass(frozen=True, slots=True)
class Names:
    """A list of the thing holds what the reader is."""

    member: str
    reader: str

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        return getattr(reader, self.reader) in getattr(thing, self.member)


@dataclass(frozen=True, slots=True)
class Shares:
    """A list of the thing and one of the reader have something in common."""

    member: str
    reader: str

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        return not set(getattr(reader, self.reader)).isdisjoint(getattr(thing, self.member))


@dataclass(frozen=True, slots=True)
class OneOf:
    """A member of the thing is one of these codes."""

    member: str
    codes: tuple[str, ...]

    def holds(self, reader: Any, thing: Any) -> bool:  # noqa: ARG002 - whoever reads
        """Whether it is so."""
        return getattr(thing, self.member) in self.codes


@dataclass(frozen=True, slots=True)
class UpTo:
    """A member of the thing stands no higher in an order than one of the reader."""

    member: str
    reader: str
    order: tuple[str, ...]

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        return getattr(thing, self.member) in self.reached(getattr(reader, self.reader))

    def reached(self, limit: str) -> tuple[str, ...]:
        """The codes up to a limit."""
        return self.order[: self.order.index(limit) + 1]


@dataclass(frozen=True, slots=True, init=False)
class Every:
    """All of these hold; with none of them, always."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        for each in self.conditions:  # noqa: SIM110 - a generator costs more than what it asks
            if not each.holds(reader, thing):
                return False
        return True


@dataclass(frozen=True, slots=True, init=False)
class Either:
    """One of these holds."""

    conditions: tuple[Condition, ...]

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", conditions)

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        for each in self.conditions:  # noqa: SIM110 - a generator costs more than what it asks
            if each.holds(reader, thing):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    condition: Condition

    def holds(self, reader: Any, thing: Any) -> bool:
        """Whether it is so."""
        return not self.condition.holds(reader, thing)
