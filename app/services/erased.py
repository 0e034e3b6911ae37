"""What was erased of a record: who sends it again, not knowing that, does not bring it back."""

from sqlalchemy import bindparam, literal_column, select

from app.database import Session
from app.domain.personal_data import ERASABLE
from app.models.columns import Record
from app.models.ledger import LedgerRow
from app.models.personal_data import ErasureRow
from app.reads import Prepared

LEDGER, ERASURE = LedgerRow.__table__, ErasureRow.__table__  # type: ignore[attr-defined]
# By the ledger, whose index knows the entries of a record.
OF_RECORD = Prepared(
    select(ERASURE.c.paths)
    .join_from(LEDGER, ERASURE, ERASURE.c.id == LEDGER.c.subject_id)
    .where(
        LEDGER.c.record_id == bindparam("record_id", type_=LEDGER.c.record_id.type),
        LEDGER.c.subject_type == literal_column(f"'{ERASURE.name}'"),
        ERASURE.c.subject_id == LEDGER.c.record_id,
    )
)
PLACE = frozenset({"latitude", "longitude"})


async def members(session: Session, row: Record, asked: set[str]) -> set[str]:
    """Which of these members of the record itself were erased, as requests name them."""
    may_be = ERASABLE[str(row.__tablename__)].keys()
    if not asked & (may_be | {"geometry"}):
        return set()
    found = await session.rows(OF_RECORD, {"record_id": row.id})
    gone = {path.removeprefix("/") for each in found for path in each.paths}
    return asked & (gone | ({"geometry"} if gone & PLACE else set()))
