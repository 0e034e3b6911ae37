"""CloudEvents 1.0 in their JSON format, as the structured mode of the NATS protocol binding has them."""

import json
from collections.abc import Mapping
from typing import Any

MEDIA_TYPE = "application/cloudevents+json"


def written(*, identity: str, source: str, kind: str, subject: str, data: Mapping[str, Any]) -> bytes:
    """An event as JSON."""
    event = {
        "specversion": "1.0",
        "id": identity,
        "source": source,
        "type": kind,
        "subject": subject,
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
