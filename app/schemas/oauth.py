"""What the OAuth endpoints read and answer, in the form that OAuth gives them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import Outgoing

Text = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=20)]
Opaque = Annotated[str, Field(max_length=500)]
Assertion = Annotated[str, Field(max_length=4096)]


class ClientProof(BaseModel):
    """Who the client is, and how it proves that (RFC 6749 §2.3, RFC 7523 §2.2)."""

    model_config = ConfigDict(frozen=True)

    client_id: Text = ""
    client_secret: Text = ""
    client_assertion_type: Text = ""
    client_assertion: Assertion = Field(default="", description="A JWT signed with a key of the integration")


class TokenRequest(ClientProof):
    """The form that asks for a token (RFC 6749); each grant reads its own members, and no others."""

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
    scope: str = Field(default="", max_length=1000, description="Fewer permissions, separated by spaces")
    username: Text = ""
    password: Text = ""
    otp: Code = Field(default="", description="One-time code, where the account has an authenticator")
    code: Opaque = ""
    redirect_uri: Opaque = ""
    code_verifier: Text = ""
    refresh_token: Opaque = ""


class TokenNamed(ClientProof):
    """A form that names a token (RFC 7009 §2.1, RFC 7662 §2.1)."""

    token: Assertion
    token_type_hint: Text = Field(default="", description="Not needed: a token shows what it is")


class Token(Outgoing):
    """A bearer token, and for people what renews it (RFC 6749 §5.1)."""

    access_token: str
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Seconds")
    scope: str
    refresh_token: str | None = Field(default=None, description="Counts once; the answer has the next one")


class TokenError(Outgoing):
    """Why OAuth refuses (RFC 6749 §5.2)."""

    error: str = Field(examples=["invalid_grant"])
    error_description: str


class Introspection(Outgoing):
    """What a token is worth at this moment (RFC 7662 §2.2); only `active` where it is worth nothing."""

    active: bool
    scope: str | None = None
    client_id: str | None = None
    username: str | None = None
    token_type: str | None = None
    exp: int | None = None
    iat: int | None = None
    sub: str | None = None
    aud: str | None = None
    iss: str | None = None
    jti: str | None = None


class ServerMetadata(Outgoing):
    """Where and how tokens are given (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    revocation_endpoint: str
    introspection_endpoint: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    response_modes_supported: list[str]
    grant_types_supported: list[str]
    code_challenge_methods_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    revocation_endpoint_auth_methods_supported: list[str]
    revocation_endpoint_auth_signing_alg_values_supported: list[str]
    introspection_endpoint_auth_methods_supported: list[str]
    introspection_endpoint_auth_signing_alg_values_supported: list[str]
    ui_locales_supported: list[str]
    authorization_response_iss_parameter_supported: bool
    service_documentation: str


class ResourceMetadata(Outgoing):
    """Which tokens the API takes, and who gives them (RFC 9728)."""

    resource: str
    authorization_servers: list[str]
    jwks_uri: str
    scopes_supported: list[str]
    bearer_methods_supported: list[str]
    resource_name: str
    resource_documentation: str


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
