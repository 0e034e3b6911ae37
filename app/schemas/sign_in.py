"""What the sign-in page reads: the request of a client (RFC 6749 §4.1.1), and what a person fills in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=200)]
Sealed = Annotated[str, Field(max_length=500)]


class AuthorizationRequest(BaseModel):
    """What a client wants; whether it may is for the service to say."""

    model_config = ConfigDict(frozen=True)

    response_type: str = ""
    client_id: str = ""
    redirect_uri: str = ""
    scope: str = ""
    state: str = ""
    code_challenge: str = ""
    code_challenge_method: str = ""
    prompt: str = ""


class SignInForm(BaseModel):
    """What a person fills in; `form`, `proof` and `offer` come from the page itself."""

    model_config = ConfigDict(frozen=True)

    form: Text = ""
    username: Text = ""
    password: Text = ""
    otp: Text = ""
    proof: Sealed = ""
    offer: Sealed = ""
