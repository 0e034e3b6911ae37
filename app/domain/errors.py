"""Everything that can go wrong for a caller, as one family of exceptions.

A text is English and constant; what varies stands in it as `{name}` and is given apart, so that
`app.texts` can say the same in Indonesian.

Problem
├── Unauthenticated        401
├── Forbidden              403
│   ├── InsufficientScope      403
│   ├── OutsideJurisdiction    403
│   └── ConflictOfInterest     403
├── NotFound               404   also when the caller may not know that it exists
├── MethodNotAllowed       405
├── RequestTimeout         408
├── Conflict               409
│   └── IllegalStep            409
├── SnapshotRequired       410
├── PreconditionFailed     412
├── PayloadTooLarge        413
├── UnsupportedMediaType   415
├── Invalid                422
│   ├── BulkRefused            422
│   └── KeyReused              422
├── PreconditionRequired   428
├── TooManyRequests        429
├── InternalError          500
└── Unavailable            503
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in a request; `pointer` is a JSON pointer (RFC 6901) or the name of a parameter."""

    pointer: str
    detail: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Problem(Exception):  # noqa: N818 - the field's word is "problem" (RFC 9457)
    """A refusal that the caller can understand; title and type never change for a class."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "problem"
    title: ClassVar[str] = "Problem"
    headers: ClassVar[dict[str, str]] = {}
    challenge = ""  # what WWW-Authenticate says (RFC 6750 §3)
    members: ClassVar[dict[str, str]] = {}  # what the body holds besides (RFC 9457 §3.2)

    def __init__(self, detail: str = "", *errors: FieldError, **values: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.values = values

    def headers_now(self) -> dict[str, str]:
        """The headers of this very refusal."""
        return self.headers


class Unauthenticated(Problem):
    """No token, or one that does not count."""

    status, slug, title = 401, "unauthenticated", "Authentication is needed"
    challenge = 'Bearer realm="siaga"'


class InvalidToken(Unauthenticated):
    """A token was sent, and it does not count (RFC 6750 §3.1)."""

    challenge = 'Bearer realm="siaga", error="invalid_token"'


class Forbidden(Problem):
    """The caller is known, and may not do this."""

    status, slug, title = 403, "forbidden", "This account may not do that"


class InsufficientScope(Forbidden):
    """The token lacks a permission that the route asks for (RFC 6750 §3.1)."""

    def __init__(self, detail: str = "", *errors: FieldError, **values: object) -> None:
        super().__init__(detail, *errors, **values)
        scope = values.get("scope", "")
        self.challenge = f'Bearer realm="siaga", error="insufficient_scope", scope="{scope}"'


class OutsideJurisdiction(Forbidden):
    """The place shares no kecamatan with the caller's area."""

    slug, title = "outside-jurisdiction", "The place is outside your area"


class ConflictOfInterest(Forbidden):
    """The record alleges something about the caller's own agency."""

    slug, title = "conflict-of-interest", "The record is about your own agency"


class NotFound(Problem):
    """There is no such thing, or the caller may not know of it: the answer is the same, byte for byte."""

    status, slug, title = 404, "not-found", "Not found"


class MethodNotAllowed(Problem):
    """The path exists, the method does not."""

    status, slug, title = 405, "method-not-allowed", "This method is not offered here"


class RequestTimeout(Problem):
    """The body did not come to its end in time; the rest of it is not read (RFC 9110 §15.5.9)."""

    status, slug, title = 408, "request-timeout", "The body did not come in time"
    headers: ClassVar[dict[str, str]] = {"Connection": "close"}


class Conflict(Problem):
    """The request is sound, and the present state does not allow it."""

    status, slug, title = 409, "conflict", "The present state does not allow it"


class IllegalStep(Conflict):
    """The lifecycle has no such step."""

    slug, title = "illegal-step", "The lifecycle has no such step"


class SnapshotRequired(Problem):
    """What the caller holds was made for other rights, or of a ledger that is no longer there."""

    status, slug, title = 410, "snapshot-required", "Begin again with a snapshot"
    headers: ClassVar[dict[str, str]] = {"Link": '</api/v1/snapshot>; rel="alternate"'}
    members: ClassVar[dict[str, str]] = {"snapshot": "/api/v1/snapshot"}


class PreconditionFailed(Problem):
    """The record has changed since the version the caller has read."""

    status, slug, title = 412, "precondition-failed", "The record has changed meanwhile"


class PayloadTooLarge(Problem):
    """The body is larger than the service reads."""

    status, slug, title = 413, "payload-too-large", "The body is too large"


class UnsupportedMediaType(Problem):
    """The body is not of the kind that the route reads: JSON, or a form with a file."""

    status, slug, title = 415, "unsupported-media-type", "The body has a media type that is not taken here"


TO_CORRECT = "{count} thing(s) to correct; see errors."


class Invalid(Problem):
    """Something in the request is not valid; `errors` names each field."""

    status, slug, title = 422, "invalid", "The request is not valid"

    @classmethod
    def field(cls, pointer: str, detail: str, code: str = "value_error", /, **values: object) -> "Invalid":
        """One field is wrong."""
        return cls("One field is not valid.", FieldError(pointer, detail, code, values))


class KeyReused(Invalid):
    """The idempotency key was used for another request."""

    slug, title = "idempotency-key-reused", "The idempotency key was used for another request"


class BulkRefused(Invalid):
    """Of a bulk that is written as a whole or not at all, some items are refused."""

    slug, title = "bulk-refused", "Nothing was written: some items are refused"


class PreconditionRequired(Problem):
    """A change must say which version it changes."""

    status, slug, title = 428, "precondition-required", "If-Match is needed"


class TooManyRequests(Problem):
    """The quota is used up; `seconds` says when there will be more."""

    status, slug, title = 429, "too-many-requests", "Too many requests"

    def headers_now(self) -> dict[str, str]:
        """When to come again."""
        return {"Retry-After": str(self.values["seconds"])}


class InternalError(Problem):
    """Our fault; the log knows more."""

    status, slug, title = 500, "internal-error", "The service failed"


class Unavailable(Problem):
    """It may work later; whether a change was kept, the idempotency key tells."""

    status, slug, title = 503, "unavailable", "The service cannot answer now"
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}


class TokenRefused(Exception):  # noqa: N818 - OAuth calls it an error response
    """No token; OAuth has its own form for that (RFC 6749 §5.2)."""

    def __init__(self, error: str, description: str, status: int = 400, retry_after: int = 0) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status
        self.retry_after = retry_after
