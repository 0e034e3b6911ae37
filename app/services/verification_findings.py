"""What `ledger verify` finds: which table, position, record and field, in one line each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written."""

    table: str
    position: int | None = None
    record: str | None = None
    field: str | None = None
    says: str = ""

    def __str__(self) -> str:
        at = f" position {self.position}" if self.position is not None else ""
        of = f" record {self.record}" if self.record else ""
        named = f" {self.field}" if self.field else ""
        return f"{self.table}{at}{of}{named}: {self.says}"


@dataclass(slots=True)
class Findings:
    """The first thousand, and how many there are."""

    count: int = 0
    kept: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """One more."""
        self.count += 1
        if len(self.kept) < MOST:
            self.kept.append(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.kept)

    def __len__(self) -> int:
        return self.count
