"""What the service may do in PostgreSQL where it does not own the tables: no more than its work asks for.

It neither changes nor deletes an entry, nor can it take away a trigger: those belong to whoever migrates.
"""

import re
from collections.abc import Iterator

from app.models import LEDGER, LEDGERED, OPERATIONAL, REFERENCE

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
# Of the tables of the ledger, the columns that change at all: triggers let two only grow, one only be erased.
CHANGING = {"ledger_disclosure": "fields", "ledger_head": "size", "ledger_tile": "hashes"}


def statements(role: str) -> Iterator[str]:
    """Take everything from the role, then give it what it needs; may be run again at any time."""
    if not ROLE.fullmatch(role):
        raise RuntimeError(f"{role} is no name for a role.")
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT ON alembic_version TO {role}"
    for tables, rights in (
        (LEDGERED, "SELECT, INSERT, UPDATE"),
        (LEDGER, "SELECT, INSERT"),
        (OPERATIONAL, "SELECT, INSERT, UPDATE, DELETE"),
        (REFERENCE, "SELECT"),
    ):
        for table in tables:
            yield f"GRANT {rights} ON {table.__tablename__} TO {role}"
    for name, column in CHANGING.items():
        yield f"GRANT UPDATE ({column}) ON {name} TO {role}"
