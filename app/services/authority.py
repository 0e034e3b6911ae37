"""What everyone who gives tokens needs to know of this deployment."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from uuid import UUID

from app.change import Change, Subject
from app.domain.sharing import Classification, Marking, Tlp
from app.models.agencies import AccountRow
from app.services.keys import SignInKeys
from app.services.sign_ins import Gate
from app.services.tokens import TokenIssuer


@dataclass(frozen=True)
class Authority:
    """The authorization server, in OAuth's words."""

    issuer: TokenIssuer
    gate: Gate
    keys: SignInKeys
    url: str
    clients: Mapping[str, tuple[str, ...]]  # public ones, with their redirect addresses
    oversight: tuple[str, ...]
    takes_passwords: bool
    roles_with_codes: frozenset[str]
    address: str = ""  # of whoever asks it now

    def asked_from(self, address: str) -> "Authority":
        """The same, asked from a network address."""
        return replace(self, address=address)

    def guess(self, name: str) -> AbstractAsyncContextManager[None]:
        """Whoever is inside proves to be this account; only where the block ends well did that succeed."""
        return self.gate.guess(name, self.address)

    def at(self, path: str) -> str:
        """The address of one of our endpoints."""
        return self.url.rstrip("/") + path


def about(account: AccountRow) -> Subject:
    """The account as the subject of an entry; its own agency's auditors read of it."""
    marking = Marking(account.agency, Tlp.AMBER_STRICT, Classification.BIASA, exercise=account.exercise)
    return Subject("account", account.id, marking, marking)


def record_misuse(change: Change, account: AccountRow, action: str) -> UUID:
    """An entry that says what was tried with this account; nothing of the account itself changes."""
    entry: UUID = change.update(account, action, about(account), {})["entry_id"]
    return entry
