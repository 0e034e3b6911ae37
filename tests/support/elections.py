"""Elections and readiness orders, as tests enter and issue them."""

from itertools import count
from typing import Any

from tests.support.calls import post
from tests.support.service import Service

ELECTIONS = "/api/v1/elections"
READINESS = "/api/v1/readiness"
ORDERS = "/api/v1/readiness/orders"
KPU = "operator.kpu-banten"
COMMANDER = "commander.polda-banten"
YEARS = count(2040)  # each test votes in a year of its own
NUMBERS = count(1)


def stage(code: str, first: str | None, last: str | None) -> dict[str, Any]:
    """A stage with its days."""
    return {"stage": code, "starts_on": first, "ends_on": last}


def election(**changes: Any) -> dict[str, Any]:
    """A sound election of a village head; each test says only what matters to it."""
    year = changes.get("year") or next(YEARS)
    return {
        "kind": "village_head",
        "year": year,
        "region_code": "36.04.11.2001",
        "name": "Pemilihan kepala desa (fiktif)",
        "stages": [stage("voting", f"{year}-06-07", f"{year}-06-07")],
        "source": "Keputusan (fiktif)",
        **changes,
    }


def revote(earlier: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A round that follows an earlier one."""
    said = {name: earlier[name] for name in ("kind", "year", "region_code")}
    basis = {"revote_kind": "psu", "decision": "Putusan 1 (fiktif)", "decided_on": "2024-12-01"}
    return election(**{**said, "stages": [], "follows": earlier["id"], **basis, **changes})


async def entered(service: Service, account: str = KPU, **changes: Any) -> dict[str, Any]:
    """An election as the service answers it."""
    answer = await post(service, account, ELECTIONS, election(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


def order(**changes: Any) -> dict[str, Any]:
    """A sound order for one unit, without an end."""
    return {
        "number": f"STR/{next(NUMBERS)}/UJI",
        "issued_on": "2024-11-20",
        "level": "siaga_2",
        "units": ["polres-lebak"],
        "region_code": "36",
        "basis": "Rencana operasi (fiktif)",
        "valid_from": "2024-11-21T00:00:00+07:00",
        **changes,
    }


async def issued(service: Service, account: str = COMMANDER, **changes: Any) -> dict[str, Any]:
    """An order as the service answers it."""
    answer = await post(service, account, ORDERS, order(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()
