"""The day in figures: what `demo/data` holds, and the one rule by which a total is shared out."""

import csv
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

FOLDER = Path(__file__).parent / "data"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Line:
    """A line of a file: where it stands, so that a person finds it, and its values by column."""

    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def codes(self, column: str) -> list[str]:
        """Codes that are separated by spaces."""
        return self.values[column].split()


def lines(name: str) -> Iterator[Line]:
    """The lines of a CSV file after its comments and its header."""
    header: list[str] = []
    for number, text in enumerate((FOLDER / name).read_text("utf-8").splitlines(), start=1):
        if text.startswith("#"):
            continue
        cells = next(csv.reader([text]))
        if header:
            yield Line(number, dict(zip(header, cells, strict=True)))
        header = header or cells


@dataclass(frozen=True)
class Figure:
    """A figure that somebody told, with its source and day."""

    value: int
    mark: str
    source: str
    as_of: str
    note: str

    @property
    def origin(self) -> str:
        """From where and for which day it is known."""
        return origin_of(self.mark, self.source, self.as_of)

    def __str__(self) -> str:
        return f"{shown(self.value)} · {self.origin}"


@dataclass(frozen=True)
class Figures:
    """All figures, by what they are about and which they are."""

    told: Mapping[tuple[str, str], Figure]

    @classmethod
    def read(cls) -> Self:
        """From the file."""
        return cls(
            {
                (each["about"], each["figure"]): Figure(
                    int(each["value"]), each["mark"], each["source"], each["as_of"], each["note"]
                )
                for each in lines("figures.csv")
            }
        )

    def __getitem__(self, key: tuple[str, str]) -> int:
        return self.told[key].value

    def of(self, figure: str) -> dict[str, int]:
        """One figure for everything that has it."""
        return {about: each.value for (about, name), each in self.told.items() if name == figure}

    def about(self, code: str) -> dict[str, int]:
        """Every figure about one thing."""
        return {name: each.value for (about, name), each in self.told.items() if about == code}


def origin_of(mark: str, source: str, as_of: str) -> str:
    """How a figure is told to be known; the day only as closely as it is."""
    return f"{mark}: {source}, {as_of}"


def share(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """A total shared out by weight, in whole numbers that add up to it exactly.

    Largest remainder: everybody gets the whole part of the exact share, and what is left goes one by one
    to the largest fractions, the first of equal ones first.
    """
    whole = sum(weights.values())
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_fraction = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_fraction[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def shown(number: int) -> str:
    """A number as it is written in Indonesia."""
    return f"{number:,}".replace(",", ".")
