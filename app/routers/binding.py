"""What a route's function takes, gathered from a request by a plan that is made once.

FastAPI's own way asks anew for each request what each parameter is, and costs as much as the rest of a short
answer (docs/adr/0010). This one reads the same declarations and knows only what our routes use.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError

NOTHING: Any = object()


def takes_many(annotation: Any) -> bool:
    """Whether a parameter takes several values."""
    return any(get_origin(each) is list for each in (annotation, *get_args(annotation)))


@dataclass(slots=True)
class Parameter:
    """One value of a path, query or header."""

    name: str
    alias: str
    where: str
    many: bool
    default: Any
    field: Any

    @classmethod
    def of(cls, field: Any) -> "Parameter":
        """As FastAPI has declared it."""
        info = field.field_info
        default = NOTHING if info.is_required() else info.get_default(call_default_factory=True)
        many = takes_many(info.annotation)
        return cls(field.name, field.alias, info.in_.value, many, default, field)

    def read(self, given: Any, errors: list[Any]) -> Any:
        """The value, checked; what is wrong is added to the errors."""
        said = given.getlist(self.alias) or None if self.many else given.get(self.alias)
        if said is None:
            if self.default is NOTHING:
                errors.append(_missing(self.where, self.alias))
            return self.default
        value, wrong = self.field.validate(said, loc=(self.where, self.alias))
        errors += wrong
        return value


class Binding:
    """Calls a function, or what it depends on, with what a request holds."""

    def __init__(self, dependant: Dependant) -> None:
        if dependant.cookie_params or len(dependant.body_params) > 1:
            raise TypeError(f"{dependant.call} takes what a binding does not know.")
        self._call = cast("Callable[..., Awaitable[Any]]", dependant.call)
        self._request_name = dependant.request_param_name
        self._before = [(each.name, Binding(each)) for each in dependant.dependencies]
        self._path = [Parameter.of(each) for each in dependant.path_params]
        self._query = [Parameter.of(each) for each in dependant.query_params]
        self._headers = [Parameter.of(each) for each in dependant.header_params]
        self._body = next(iter(dependant.body_params), None)

    @property
    def query(self) -> Mapping[str, bool]:
        """Each query parameter, here and in what this depends on: whether it takes several values."""
        own = {each.alias: each.many for each in self._query}
        return own | {name: many for _, each in self._before for name, many in each.query.items()}

    async def answer(self, request: Request, body: Any) -> Any:
        """What the function answers; raises RequestValidationError with all that is wrong."""
        errors: list[Any] = []
        values = await self._values(request, body, errors)
        if errors:
            raise RequestValidationError(errors)
        return await self._call(**values)

    async def _values(self, request: Request, body: Any, errors: list[Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, binding in self._before:
            found = len(errors)
            asked = await binding._values(request, body, errors)  # noqa: SLF001 - of our own kind
            if len(errors) == found:
                values[str(name)] = await binding._call(**asked)  # noqa: SLF001 - the same
        for each in self._path:
            values[each.name] = each.read(request.path_params, errors)
        if self._query:
            query = request.query_params if request.scope["query_string"] else _EMPTY
            for each in self._query:
                values[each.name] = each.read(query, errors)
        for each in self._headers:
            values[each.name] = each.read(request.headers, errors)
        if self._body is not None:
            values[self._body.name] = self._read_body(body, errors)
        if self._request_name:
            values[self._request_name] = request
        return values

    def _read_body(self, body: Any, errors: list[Any]) -> Any:
        if body is NOTHING:
            errors.append(_missing("body"))
            return None
        value, wrong = cast("Any", self._body).validate(body, loc=("body",))
        errors += wrong
        return value


class _Empty:
    """The parameters of a request that has none."""

    def get(self, _name: str) -> None:
        return None

    def getlist(self, _name: str) -> list[str]:
        return []


_EMPTY = _Empty()


def _missing(*where: str) -> dict[str, Any]:
    return {"type": "missing", "loc": where, "msg": "Field required", "input": None}
