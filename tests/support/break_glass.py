"""Breaking the glass before a record, as tests do."""

from typing import Any

import httpx

from tests.support.calls import REASON, post
from tests.support.service import Service

GLASS = "/api/v1/break-glass"
KPU_CHIEF = "commander.kpu-banten"


async def ask(service: Service, account: str, reference: str, **more: Any) -> httpx.Response:
    """Ask to open whatever has a reference."""
    headers = more.pop("headers", {})
    body = {"reference": reference, "reason": REASON, "minutes": 30, **more}
    return await post(service, account, GLASS, body, **headers)


async def open_glass(service: Service, account: str, made: dict[str, Any], **more: Any) -> httpx.Response:
    """Open a record that the account may not see."""
    answer = await ask(service, account, made["reference"], **more)
    assert answer.status_code == 201, answer.text
    return answer
