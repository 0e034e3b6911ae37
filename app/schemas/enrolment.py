"""Passwords on the wire: set with a code, changed by their owner, reset by two."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from app.domain.passwords import LONGEST, SHORTEST, Weakness, weakness
from app.schemas.administration import Decision
from app.schemas.fields import AccountName, Incoming, Outgoing, Remark, printable

# Spaces at its ends belong to a password.
Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False, max_length=LONGEST),
    AfterValidator(printable),
    Field(
        description=f"{SHORTEST} to {LONGEST} characters of any kind; no words that anyone would try first",
        json_schema_extra={"format": "password", "writeOnly": True},
    ),
]


def require_strength(password: str, account: str) -> None:
    """Raise ValueError where the account may not have this password."""
    match weakness(password, account):
        case Weakness.SHORT:
            raise ValueError("a password has at least 15 characters; several words make a good one")
        case Weakness.COMMON:
            raise ValueError("this password is made of words or numbers that anyone here would try first")


class Enrolment(Incoming):
    """The person behind an account sets the password, with the one-time code from the administrator."""

    account: AccountName
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{20,64}$", description="From your administrator")]
    password: Password
    totp: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = Field(
        default=None,
        description="A code of your authenticator, where no second administrator has approved it; one try",
    )
    statement: Remark | None = Field(
        default=None,
        description="Only for an agency's first administrator: who in your agency appointed you, and how",
    )

    @model_validator(mode="after")
    def _is_strong(self) -> Self:
        require_strength(self.password, self.account)
        return self

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account": "operator2.kpu-banten",
                    "code": "dGhlIGNvZGUgb2YgYW4gZXhhbXBsZQ",
                    "password": "kuda hijau menyeberang jembatan",
                }
            ]
        }
    )


class Enrolled(Outgoing):
    """The account whose password was set, and what it still waits for."""

    account: str
    pending: bool = Field(description="Whether an officer of the agency must confirm it before it works")


class PasswordChange(Incoming):
    """A new password of your own."""

    current: Annotated[
        str, StringConstraints(strip_whitespace=False, max_length=200), AfterValidator(printable)
    ]
    password: Password

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "current": "kuda hijau menyeberang jembatan",
                    "password": "tujuh perahu pulang sebelum subuh",
                }
            ]
        }
    )


class ResetDecision(Incoming):
    """Whether a reset that another administrator asked for may take effect."""

    decision: Decision
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"decision": "approve", "reason": "Sudah bertemu langsung dengan petugas (fiktif)."}]
        }
    )


class Objection(Incoming):
    """Why you object to a reset of your password."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Saya tidak memintanya (fiktif)."}]})


class Confirmation(Incoming):
    """The word of an officer of the agency on an administrator whom the host has made for it."""

    decision: Decision
    statement: Remark = Field(description="By what order, letter or decision the person was appointed")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "decision": "approve",
                    "statement": "Surat tugas nomor 12/ST/2024 dari pimpinan lembaga (fiktif).",
                }
            ]
        }
    )
