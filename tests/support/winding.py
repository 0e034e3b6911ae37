"""A clock that is put forward: what time alone changes is seen without waiting for it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, tzinfo
from types import ModuleType
from unittest.mock import patch


@contextmanager
def later(*modules: ModuleType, **time: float) -> Iterator[None]:
    """These modules read a clock that is so far ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(**time)

    with ExitStack() as stack:
        for each in modules:
            stack.enter_context(patch.object(each, "datetime", Ahead))
        yield
