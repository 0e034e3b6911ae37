"""Many records in one request: how they go together, what became of each, and how much one request takes."""

from enum import StrEnum

MOST_ITEMS = 10_000
MOST_AT_ONCE = 1_000  # items of all-or-nothing: one transaction, in which other writers of the worker wait
MOST_CHECKED = 20_000  # a province's polling stations, in one table
CHUNK_ITEMS = 50  # items that are decided and written together; others' changes pass between two chunks
LONGEST_ITEM = 131_072  # characters
ITEMS_A_REQUEST = 10  # so many items count as one request in the quota


class BulkMode(StrEnum):
    """How the items go together."""

    ALL_OR_NOTHING = "all_or_nothing"
    BEST_EFFORT = "best_effort"
    CHECKED_FIRST = "checked_first"


class BulkOutcome(StrEnum):
    """What became of an item."""

    CREATED = "created"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    WAITING = "waiting"


MOST: dict[BulkMode, int] = {
    BulkMode.ALL_OR_NOTHING: MOST_AT_ONCE,
    BulkMode.BEST_EFFORT: MOST_ITEMS,
    BulkMode.CHECKED_FIRST: MOST_CHECKED,
}
BULK_MODES: dict[str, tuple[str, str]] = {
    BulkMode.ALL_OR_NOTHING: ("Semua atau tidak sama sekali", "All or nothing"),
    BulkMode.BEST_EFFORT: ("Sebanyak yang dapat diterima", "As many as are accepted"),
    BulkMode.CHECKED_FIRST: ("Diperiksa semua dahulu, lalu ditulis", "All checked first, then written"),
}
BULK_OUTCOMES: dict[str, tuple[str, str]] = {
    BulkOutcome.CREATED: ("Dibuat", "Created"),
    BulkOutcome.REFUSED: ("Ditolak", "Refused"),
    BulkOutcome.UNCHANGED: ("Tidak berubah", "Unchanged"),
    BulkOutcome.UPDATED: ("Diperbarui", "Updated"),
    BulkOutcome.WAITING: ("Menunggu persetujuan akun lain", "Waits for another account's approval"),
}


def cost(items: int) -> int:
    """How many requests a bulk counts as."""
    return max(1, -(-items // ITEMS_A_REQUEST))
