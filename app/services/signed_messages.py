"""Messages as they are sent: the content in a fixed form, signed with the secrets that count now."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from app.database import compact_json
from app.formats import webhook_signatures
from app.models.webhooks import WebhookRow
from app.services.keys import SignInKeys
from app.services.webhooks import SEALED_FOR


class Signer:
    """Opens the secrets of webhooks."""

    def __init__(self, keys: SignInKeys) -> None:
        self._keys = keys

    def secrets_of(self, row: WebhookRow, now: datetime) -> list[bytes]:
        """The present secret, and the one before while both count; none where the present one does not open.

        It was sealed under a sign-in key that is gone: somebody must change it.
        """
        try:
            secrets = [self._opened(row, row.sealed)]
        except ValueError:
            return []
        if row.sealed_before and row.overlap_until and row.overlap_until > now:
            with suppress(
                ValueError
            ):  # sealed under a key that is gone: the present one is why it was changed
                secrets.append(self._opened(row, row.sealed_before))
        return secrets

    def _opened(self, row: WebhookRow, sealed: str) -> bytes:
        return self._keys.unseal(sealed, SEALED_FOR, row.id.bytes)


def message(
    keys: Sequence[bytes], identity: UUID, content: Mapping[str, Any], now: datetime
) -> tuple[Mapping[str, str], bytes]:
    """Headers and body."""
    body = compact_json(content).encode()
    return webhook_signatures.headers(keys, str(identity), int(now.timestamp()), body), body
