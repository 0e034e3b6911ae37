"""The file that `SIAGA_WITNESSES` names: which agencies' witnesses are asked, and how many make a quorum."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.domain.witnesses import OPERATOR, counted
from app.formats.notes import COSIGNATURE, VerifierKey, WrongNote
from app.schemas.fields import AgencyCode, Incoming
from app.services import settings_files
from app.services.issuer_settings import Address

LONGEST_KEY = 300
LONGEST_NAME = 200


def _key(value: str) -> str:
    """A witness's key as it gives it out."""
    try:
        key = VerifierKey.read(value)
    except WrongNote as error:
        raise ValueError(str(error)) from None
    if key.kind != COSIGNATURE:
        raise ValueError("this is no key of a witness (type 4)")
    if len(key.name) > LONGEST_NAME:
        raise ValueError(f"the name in the key is longer than {LONGEST_NAME} characters")
    return value.strip()


class ConfiguredWitness(Incoming):
    """A witness, the agency that runs it, and where it is asked."""

    agency: AgencyCode
    url: Address
    key: Annotated[str, Field(max_length=LONGEST_KEY), AfterValidator(_key)]
    ca_file: Path | None = None

    @property
    def verifier(self) -> VerifierKey:
        """The key."""
        return VerifierKey.read(self.key)


class ConfiguredWitnesses(Incoming):
    """All of them, and the quorum: so many agencies other than the operator must have cosigned."""

    quorum: int = Field(ge=1, le=50)
    witness: tuple[ConfiguredWitness, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        keys = [each.verifier for each in self.witness]
        if len({each.name for each in keys}) < len(keys) or len({each.public for each in keys}) < len(keys):
            raise ValueError("the same name or key stands twice")
        agencies = counted([each.agency for each in self.witness])
        if self.quorum > agencies:
            raise ValueError(f"the quorum is larger than the number of agencies other than {OPERATOR}")
        return self


def read_file(path: Path) -> ConfiguredWitnesses:
    """The file; raises RuntimeError with every fault of it in words."""
    return settings_files.read(path, ConfiguredWitnesses)
