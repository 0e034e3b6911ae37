"""Guard patterns: how many guard how many sites of a category, in an operation and a place."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.models.columns import Record, code_column, ledgered


class GuardPatternRow(Record, table=True):
    """So many police and Linmas for so many sites of one category; named numbers, for no order is agreed."""

    __tablename__ = "guard_pattern"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("police_count >= 0 AND linmas_count >= 0 AND site_count > 0", name="counts"),
        Index(None, "operation", "region_code"),
    )

    operation: str = code_column()
    site_kind: str = code_column()
    risk: str = code_column()
    police_count: int
    site_count: int
    linmas_count: int | None = None
    source: str
    as_of: date
