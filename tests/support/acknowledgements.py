"""Acknowledgements and referrals as tests ask for them, and a clock that is wound by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app import clock
from tests.support.calls import INCIDENTS, OPERATOR, get, post, url
from tests.support.service import Service

KPU, BAWASLU = "kpu-banten", "bawaslu-banten"
STATISTICS = "/api/v1/acknowledgements/statistics"
ALLEGED = "Pembagian uang di masa tenang (fiktif)."
AFTERWARDS = "Sesuai surat (fiktif)."


async def ask(
    service: Service, made: dict[str, Any], *agencies: str, account: str = OPERATOR, root: str = INCIDENTS,
    **more: Any,
) -> httpx.Response:  # fmt: skip
    """Agencies shall acknowledge a record."""
    body = {"agencies": list(agencies), **more}
    return await post(service, account, f"{root}/{made['id']}/acknowledgement-requests", body)


async def acknowledge(
    service: Service, account: str, made: dict[str, Any], root: str = INCIDENTS, **said: Any
) -> httpx.Response:
    return await post(service, account, f"{root}/{made['id']}/acknowledgements", said)


async def standing(
    service: Service, account: str, made: dict[str, Any], root: str = INCIDENTS
) -> dict[str, str]:
    """Where each agency stands, as an account is shown it."""
    items = (await get(service, account, f"{root}/{made['id']}/acknowledgements")).json()["items"]
    return {each["agency"]: each["status"] for each in items}


async def refer(
    service: Service, made: dict[str, Any], account: str = OPERATOR, **said: Any
) -> httpx.Response:
    """A violation in an incident goes to who is competent."""
    body = {"violation_kind": "election_crime", "summary": ALLEGED, **said}
    return await post(service, account, url(made, "/referrals"), body)


async def moved(
    service: Service, of: dict[str, Any], to: str, at: str | None = None, account: str = OPERATOR
) -> httpx.Response:
    """A step of a referral, told afterwards."""
    place = f"{INCIDENTS}/{of['incident_id']}/referrals/{of['id']}/steps"
    return await post(service, account, place, {"to": to, "reason": AFTERWARDS, **({"at": at} if at else {})})


async def referred(service: Service, made: dict[str, Any]) -> dict[str, Any]:
    """A referral as the service answers it."""
    answer = await refer(service, made)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def asked(service: Service, made: dict[str, Any], root: str = INCIDENTS) -> dict[str, Any]:
    """A request for acknowledgement by KPU as the service answers it."""
    answer = await ask(service, made, KPU, root=root)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def later(service: Service, **time: float) -> int:
    """How much a tick of the clock ends at a moment to come."""
    state = service.app.state
    return await clock.tick(state.database, state.lane, datetime.now(UTC) + timedelta(**time))
