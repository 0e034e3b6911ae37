"""The caller's own account, and tokens, on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import Outgoing


class CredentialsReset(Outgoing):
    """Who has your password reset; object to it if you did not ask for it."""

    requested_by: str
    approved_by: str | None = Field(description="Null where your own one-time code stood in for it")
    took_effect_at: datetime | None = Field(description="Null while it is only asked for")


class Me(Outgoing):
    """Who you are to the service."""

    account: str = Field(examples=["operator.polda-banten"])
    agency: str
    roles: list[str]
    permissions: list[str]
    clearance: str
    exercise: str = Field(description="`live`, or the code of an exercise")
    area: list[str] = Field(description="Region codes that your agency, or your unit, covers today")
    reset: CredentialsReset | None = Field(description="The last reset of your password, if there was one")


Text = Annotated[str, Field(max_length=200)]


class TokenRequest(BaseModel):
    """The form that asks for a token (RFC 6749 §4.3.2, §4.4.2); members it does not know are passed over."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "grant_type": "password",
                    "username": "operator.polda-banten",
                    "password": "from-the-operator",
                }
            ]
        },
    )

    grant_type: str = Field(max_length=50, examples=["password"])
    username: Text = ""
    password: Text = ""
    client_id: Text = ""
    client_secret: Text = ""
    scope: str = Field(default="", max_length=1000, description="Fewer permissions, separated by spaces")


class Token(Outgoing):
    """A bearer token (RFC 6749 §5.1)."""

    access_token: str
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Seconds")
    scope: str


class TokenError(Outgoing):
    """Why no token was given (RFC 6749 §5.2)."""

    error: str = Field(examples=["invalid_grant"])
    error_description: str


class Jwk(Outgoing):
    """A public key (RFC 7517, RFC 8037)."""

    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class KeySet(Outgoing):
    """The keys with which tokens are verified."""

    keys: list[Jwk]
