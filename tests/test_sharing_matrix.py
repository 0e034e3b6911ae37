"""Every request about an incident, by every relation to it, for every marking: cell by cell."""

import asyncio
from collections import Counter
from itertools import product

import pytest

from tests.support.need_to_know import entitled, post
from tests.support.service import Service
from tests.support.sharing import (
    ASSIGNED,
    AUDIENCE,
    LEAD,
    NO_ONE,
    OTHER,
    OVERSIGHT,
    OWNER,
    REQUESTS,
    SUSPECT,
    Request,
    Shared,
    holds,
    perform,
    send,
    share,
)

TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
CLASSES = ("biasa", "terbatas", "rahasia")

# DESIGN §4: what each relation may do; every agency that sees a record at least reads it and writes notes.
EVIDENCE = {"attach", "note custody"}
HOLD = {"handle", "downgrade", "step", "step too far", "close"} | EVIDENCE
MARKS = {"mark", "classify"}
EVERYONE = {request.name for request in REQUESTS if request.method == "GET"}
EVERYONE |= {"note", "accept", "decline", "accuse"}  # the last three are refused for other reasons
RIGHTS = {
    OWNER: {request.name for request in REQUESTS} - {"clear"},
    LEAD: EVERYONE | HOLD,
    ASSIGNED: EVERYONE | EVIDENCE,
    AUDIENCE: EVERYONE,
    OTHER: EVERYONE,
    OVERSIGHT: EVERYONE | {"clear"},
}
STANDS_IN = (
    HOLD | MARKS | {"assign", "handle and assign"}
)  # what oversight may do besides, if the owner is accused
IMPARTIAL = MARKS | {
    "close",
    "downgrade",
    "describe and mark",
    "offer",
    "withdraw",
}  # what an accused owner may not

# What a request that is allowed leads to: success, or where no state allows it, the refusal that says so.
CONFLICT, ILLEGAL_STEP = (409, "conflict"), (409, "illegal-step")
OUTCOMES = {
    "accept": CONFLICT,
    "decline": CONFLICT,
    "withdraw": CONFLICT,
    "accuse": CONFLICT,
    "link again": CONFLICT,
    "step too far": ILLEGAL_STEP,
    "close": ILLEGAL_STEP,
    "attach": (201, ""),
    "note": (201, ""),
    "note custody": (201, ""),
    "add party": (201, ""),
    "unlink": (204, ""),
}
UNSHARED = {("offer", "RED"): (422, "invalid")}  # no agency passes RED as a whole

ACCOUNTS = [
    NO_ONE,
    "admin.siaga",
    *(f"{name}.{OWNER}" for name in ("auditor", "commander2", "liaison")),
    f"auditor.{OTHER}",
    f"liaison.{LEAD}",
    *(
        f"{name}.{agency}"
        for agency in (OWNER, LEAD, ASSIGNED, AUDIENCE, OTHER, OVERSIGHT)
        for name in ("commander", "operator", "integration")
    ),
]


def expected(account: str, it: Shared, request: Request) -> tuple[int, str]:
    """What the design says: who calls, what the role may do, what is hidden, what the agency may do."""
    if account == NO_ONE:
        return 401, "unauthenticated"
    name, _, agency = account.partition(".")
    if not holds(name, request):
        return 403, "forbidden"
    if not entitled(post(account), it.fields):
        return 404, "not-found"
    instead = STANDS_IN if agency == OVERSIGHT and it.accused else set()
    if request.name not in RIGHTS[agency] | instead:
        return 403, "forbidden"
    if agency == OWNER and it.accused and request.name in IMPARTIAL:
        return 403, "conflict-of-interest"
    outcome = UNSHARED.get((request.name, it.fields["tlp"])) or OUTCOMES.get(request.name)
    return outcome or (200, "")


Answer = tuple[int, object, bytes]


class Cells:
    """What became of every request of every account about a record."""

    def __init__(self, service: Service) -> None:
        self.wrong: list[str] = []
        self.outcomes: Counter[tuple[int, str]] = Counter()
        self._service = service
        self._absent: dict[tuple[str, str], Answer] = {}

    async def try_all(self, it: Shared) -> None:
        for account, request in product(ACCOUNTS, REQUESTS):
            wanted = expected(account, it, request)
            answer = await perform(self._service, account, it, request)
            slug = "" if answer.is_success else answer.json()["type"].rpartition(":")[2]
            right = (answer.status_code, slug) == wanted
            if right and wanted[0] == 404:
                right = (404, answer.headers, answer.content) == await self._if_absent(account, it, request)
            if not right:
                cell = f"{request.name} by {account}, {it.marked}"
                self.wrong.append(f"{cell}: {wanted}, but {answer.status_code} {answer.text}")
            self.outcomes[wanted] += 1

    async def _if_absent(self, account: str, it: Shared, request: Request) -> Answer:
        """The whole answer, headers and all, to the same request about an incident that does not exist."""
        known = self._absent.get((account, request.name))
        if known is None:
            answer = await send(self._service, account, it, request, absent=True)
            known = self._absent[account, request.name] = answer.status_code, answer.headers, answer.content
        return known


@pytest.mark.parametrize("tlp", TLP)
async def test_every_cell_is_answered_as_the_design_says(service: Service, tlp: str):
    classes = CLASSES[:1] if tlp == "CLEAR" else CLASSES
    markings = [(each, [SUSPECT]) for each in classes]
    if tlp != "RED":
        markings.append((classes[len(classes) // 2], [SUSPECT, OWNER]))
    shared = await asyncio.gather(
        *(share(service, tlp, classification, about_agencies=about) for classification, about in markings)
    )
    cells = Cells(service)
    await asyncio.gather(*map(cells.try_all, shared))
    assert cells.wrong == []
    assert cells.outcomes.total() == len(shared) * len(ACCOUNTS) * len(REQUESTS)
    for tried in ((200, ""), (401, "unauthenticated"), (403, "forbidden"), CONFLICT, ILLEGAL_STEP):
        assert cells.outcomes[tried] > 0


# A place that only the owner covers: notes and steps of those who take part are not bound by the area.
FAR = {"region_code": "36.01.01", "lead_agency": "pemkab-lebak", "assigned_agencies": [SUSPECT]}
FAR |= {"about_agencies": [], "audience": ["pemkab-lebak", SUSPECT, OTHER]}
OUTSIDE, LACKING = (403, "outside-jurisdiction"), (403, "forbidden")
ELSEWHERE = {
    "commander.pemkab-lebak": {
        "read": (200, ""), "note": (201, ""), "step too far": ILLEGAL_STEP, "handle": OUTSIDE,
        "describe": LACKING, "mark": LACKING, "attach": (201, ""),
    },
    f"commander.{SUSPECT}": {
        "read": (200, ""), "note": (201, ""), "step too far": LACKING, "handle": LACKING, "attach": (201, ""),
    },
    f"commander.{OTHER}": {"read": (200, ""), "note": OUTSIDE, "step too far": LACKING, "handle": LACKING},
    f"commander.{LEAD}": dict.fromkeys(("read", "note", "step too far", "handle"), (404, "not-found")),
}  # fmt: skip


async def test_the_area_binds_all_but_notes_steps_and_evidence_of_those_who_take_part(service: Service):
    it = await share(service, "AMBER", "biasa", **FAR)
    for account, cells in ELSEWHERE.items():
        for request in (request for request in REQUESTS if request.name in cells):
            answer = await perform(service, account, it, request)
            slug = "" if answer.is_success else answer.json()["type"].rpartition(":")[2]
            assert (answer.status_code, slug) == cells[request.name], (account, request.name)


async def test_an_agency_outside_the_area_cannot_take_an_incident_over(service: Service):
    it = await share(service, "AMBER", "biasa", **FAR)
    offer = Request(
        "offer", "POST", "/hand-over", lambda _: {"action": "offer", "to": OTHER, "reason": "Uji."}
    )
    accept = next(request for request in REQUESTS if request.name == "accept")
    assert (await perform(service, f"commander.{OWNER}", it, offer)).status_code == 200
    answer = await perform(service, f"commander.{OTHER}", it, accept)
    assert answer.json()["type"] == "urn:siaga:problem:outside-jurisdiction"
