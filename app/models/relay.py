"""How far each agency's relay has come; operational: what there was to tell is in the ledger."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from app.models.columns import code_column


class RelayRow(SQLModel, table=True):
    """The relay to one agency, for all workers."""

    __tablename__ = "relay"

    agency: str = code_column(primary_key=True)
    position: int = Field(sa_type=BigInteger)  # so many entries of the ledger have been told
    state: str = code_column()
