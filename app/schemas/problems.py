"""What the service says when it refuses (RFC 9457)."""

from pydantic import Field

from app.schemas.fields import Outgoing


class ProblemField(Outgoing):
    """One thing wrong in a request."""

    pointer: str = Field(description="Where: a JSON pointer into the body, or the name of a parameter")
    detail: str = Field(description="What to do about it")
    code: str = Field(description="A stable code for programs")


class ProblemDetails(Outgoing):
    """A refusal, as `application/problem+json`."""

    type: str = Field(examples=["urn:siaga:problem:not-found"], description="Stable for each kind of problem")
    title: str = Field(examples=["Not found"])
    status: int = Field(ge=400, le=599, examples=[404])
    detail: str | None = Field(default=None, description="What to do")
    errors: list[ProblemField] | None = Field(default=None, description="Each field that is wrong")
    snapshot: str | None = Field(default=None, description="Where to begin again, with 410")
