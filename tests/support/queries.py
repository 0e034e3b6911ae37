"""Which statements the service sends, by either way: through SQLAlchemy or straight to the driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from app.database import Database
from app.reads import Prepared

# Tasks that a request starts inherit it; what runs beside requests has begun before, and reads when it will.
ASKING: ContextVar[object] = ContextVar("asking", default=None)
WHO_CALLS = ("FROM account JOIN agency",)


@contextmanager
def queries(database: Database, besides: tuple[str, ...] = WHO_CALLS) -> Iterator[list[tuple[str, Any]]]:
    """Every query of the readers, with its parameters, besides those that say who calls."""
    made: list[tuple[str, Any]] = []
    straight = Prepared.ready

    def note(statement: str, parameters: Any) -> None:
        if ASKING.get() is made and not any(each in statement for each in besides):
            made.append((statement, parameters))

    def count(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        note(statement, parameters)

    def count_straight(prepared: Prepared, dialect: Any, values: Any) -> Any:
        compiled, given = straight(prepared, dialect, values)
        note(compiled.text, tuple(given))
        return compiled, given

    event.listen(database.reading.sync_engine, "before_cursor_execute", count)
    asked_before = ASKING.set(made)
    with patch.object(Prepared, "ready", count_straight):
        yield made
    ASKING.reset(asked_before)
    event.remove(database.reading.sync_engine, "before_cursor_execute", count)
