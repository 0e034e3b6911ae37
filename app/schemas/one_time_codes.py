"""The authenticator of a person, which makes one-time codes, on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from app.schemas.fields import Incoming, Line, Outgoing

Label = Annotated[Line, Field(max_length=100)]
OneTimeCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class AuthenticatorWish(Incoming):
    """What the new authenticator shall be called."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"label": "Ponsel piket"}]})

    label: Label = Field(description="The device, never a person")


class AuthenticatorOffer(Outgoing):
    """A seed for an authenticator; it counts once it is confirmed with a code that it makes."""

    secret: str = Field(description="The seed, to be typed into the authenticator (Base32)")
    address: str = Field(description="The same as `otpauth://` link, for whoever shows it as a picture")
    offer: str = Field(description="Sealed; send it back to confirm")
    expires_at: datetime


class AuthenticatorConfirm(Incoming):
    """The proof that an authenticator holds the seed, and that it is the person who says so."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"offer": "from-the-offer", "otp": "123456", "password": "from-the-operator"}]
        }
    )

    offer: str = Field(min_length=1, max_length=500)
    otp: OneTimeCode = Field(description="A code that the new authenticator shows now")
    password: str = Field(min_length=1, max_length=200)
    current_otp: OneTimeCode | None = Field(
        default=None, description="A code of the authenticator in use, where there is one"
    )


class Authenticator(Outgoing):
    """The authenticator of an account."""

    label: str
    created_at: datetime
