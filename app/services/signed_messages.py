"""Messages as they are sent: the content in a fixed form, signed with the secrets that count now."""

from collections.abc import Mapping, Sequence
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
        """The present secret, and the one before while both count."""
        sealed = [row.sealed]
        if row.sealed_before and row.overlap_until and row.overlap_until > now:
            sealed.append(row.sealed_before)
        return [self._keys.unseal(each, SEALED_FOR, row.id.bytes) for each in sealed]


def message(
    keys: Sequence[bytes], identity: UUID, content: Mapping[str, Any], now: datetime
) -> tuple[Mapping[str, str], bytes]:
    """Headers and body."""
    body = compact_json(content).encode()
    return webhook_signatures.headers(keys, str(identity), int(now.timestamp()), body), body
