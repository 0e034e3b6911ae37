"""How each witness of the ledger stands; operational: what it signed is in `ledger_cosignature`."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from app.models.columns import code_column


class WitnessRow(SQLModel, table=True):
    """What came of asking a witness, for all workers; a contradiction stays on record."""

    __tablename__ = "ledger_witness"

    key: str = Field(max_length=255, primary_key=True)  # name, key id and log: a new key is a new witness
    size: int = Field(sa_type=BigInteger)
    state: str = code_column()
    reason: str | None = code_column()
    failures: int
    asked_at: datetime | None
    cosigned_at: datetime | None
    contradicted_at: datetime | None
    contradiction: str | None = code_column()
    next_at: datetime
