"""A JSON array taken apart into rows, a time as seconds: things that each database says in its own way."""

from typing import Any

from sqlalchemy import BigInteger, Uuid, cast, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class each_of(FunctionElement[str]):  # noqa: N801 - reads as a function in SQL
    """The texts of a JSON array, one in each row, in a column named `value`."""

    inherit_cache = True


@compiles(each_of, "postgresql")
def _each_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"jsonb_array_elements_text({compiler.process(element.clauses, **options)})"


@compiles(each_of, "sqlite")
def _each_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


def as_id(value: Any) -> Any:
    """The text of an id, as the column of an id holds it."""
    return cast(func.replace(value, "-", ""), Uuid())


class seconds_of(FunctionElement[int]):  # noqa: N801 - reads as a function in SQL
    """The whole seconds from 1970 to a time."""

    type = BigInteger()
    inherit_cache = True


@compiles(seconds_of, "postgresql")
def _seconds_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"


@compiles(seconds_of, "sqlite")
def _seconds_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"
