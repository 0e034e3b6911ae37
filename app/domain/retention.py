"""How long what is kept of which record, once it has ended: by its type and its classification.

The numbers are this service's defaults until the agencies agree on a retention schedule (*jadwal retensi
arsip*); the law names none. A table, so that agreeing means changing a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.domain.personal_data import ErasureKind
from app.domain.sharing import Classification

YEAR = timedelta(days=365)
BIASA, TERBATAS, RAHASIA = Classification.BIASA, Classification.TERBATAS, Classification.RAHASIA


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """What happens to a kind of record, so long after its end."""

    record_type: str
    classification: Classification
    kind: ErasureKind
    after: timedelta

    @property
    def name(self) -> str:
        """As commands show it."""
        return f"{self.record_type}/{self.classification}: {self.kind} after {self.after.days} days"


# Years after the end of a record: until its persons are purged (where it has any), until its content goes.
YEARS: dict[tuple[str, Classification], tuple[int | None, int]] = {
    ("assistance_answer", BIASA): (None, 5),
    ("assistance_answer", TERBATAS): (None, 5),
    ("assistance_answer", RAHASIA): (None, 10),
    ("assistance_request", BIASA): (None, 5),
    ("assistance_request", TERBATAS): (None, 5),
    ("assistance_request", RAHASIA): (None, 10),
    ("breach", TERBATAS): (None, 5),
    ("data_subject_request", TERBATAS): (None, 1),
    ("deployment", BIASA): (None, 5),
    ("deployment", TERBATAS): (None, 5),
    ("deployment", RAHASIA): (None, 10),
    ("incident", BIASA): (2, 5),
    ("incident", TERBATAS): (2, 5),
    ("incident", RAHASIA): (5, 10),
    ("patrol", BIASA): (None, 5),
    ("patrol", TERBATAS): (None, 5),
    ("patrol", RAHASIA): (None, 10),
    ("readiness_order", BIASA): (None, 5),
    ("readiness_order", TERBATAS): (None, 5),
    ("readiness_order", RAHASIA): (None, 10),
    ("posture_activation", BIASA): (None, 5),
    ("posture_activation", TERBATAS): (None, 5),
    ("posture_activation", RAHASIA): (None, 10),
    ("threat_level", BIASA): (None, 5),
    ("threat_level", TERBATAS): (None, 5),
    ("threat_level", RAHASIA): (None, 10),
    ("threat_level_proposal", BIASA): (None, 5),
    ("threat_level_proposal", TERBATAS): (None, 5),
    ("threat_level_proposal", RAHASIA): (None, 10),
}
# The one record of a unit is stated anew for ever; sites, patterns and plans hold as long as they stand;
# the calendar of an election is public and stays.
NEVER_ENDING = frozenset(
    {"election", "guard_pattern", "patrol_plan", "posture_plan", "site", "unit_strength"}
)


def classes() -> Iterator[RetentionClass]:
    """Each class once, persons before the content around them."""
    for (record_type, classification), (persons, content) in YEARS.items():
        if persons is not None:
            yield RetentionClass(record_type, classification, ErasureKind.PURGED, persons * YEAR)
        yield RetentionClass(record_type, classification, ErasureKind.DESTROYED, content * YEAR)
