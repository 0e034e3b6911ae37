"""Records of every marking with agencies in every relation to them, and every request about one record."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.calls import ABSENT, INCIDENTS, REASON, attach
from tests.support.need_to_know import WITH_PARTIES
from tests.support.service import Service, report

OWNER, LEAD, ASSIGNED = "polda-banten", "kpu-banten", "korem-064"
AUDIENCE, OVERSIGHT, OTHER = "pemprov-banten", "bawaslu-banten", "pemkot-serang"
SUSPECT = "pemkot-cilegon"  # accused on every record, and otherwise no part of it
TAKES_PART = (OWNER, LEAD, ASSIGNED, AUDIENCE)
RECIPIENTS = [f"{post}.{agency}" for agency in TAKES_PART for post in ("commander", "operator")]
NO_ONE = ""  # no token

Body = dict[str, Any]


@dataclass
class Shared:
    """An incident with one part of each kind, and what requests about it need to know."""

    fields: Body
    note: Body
    link: Body
    party: Body
    attachment: Body
    other: str  # an incident that every partner may see

    @property
    def accused(self) -> bool:
        return OWNER in self.fields["about_agencies"]

    @property
    def marked(self) -> str:
        accused = "its owner accused" if self.accused else "its owner not accused"
        return f"{self.fields['tlp']} {self.fields['classification']}, {accused}"

    def path(self, part: str) -> str:
        ids = {"{link}": self.link["id"], "{party}": self.party["id"], "{file}": self.attachment["id"]}
        for name, value in ids.items():
            part = part.replace(name, value)
        return f"{INCIDENTS}/{self.fields['id']}{part}"


@dataclass(frozen=True)
class Request:
    """One request about a record; `undo` brings the record back where it was, by the same account."""

    name: str
    method: str
    part: str = ""
    body: Callable[[Shared], Body] | None = None
    match: Callable[[Shared], int] | None = None
    undo: "Request | None" = None
    file: tuple[str, bytes, str] | None = None


def _patch(name: str, values: Callable[[Shared], Body], undo: "Request | None" = None) -> Request:
    return Request(name, "PATCH", "", values, lambda it: it.fields["version"], undo)


def _step(name: str, to: str, undo: "Request | None" = None) -> Request:
    return Request(name, "POST", "/steps", lambda _: {"to": to, "reason": REASON}, undo=undo)


def _move(name: str, undo: "Request | None" = None, **to: str) -> Request:
    return Request(
        name, "POST", "/hand-over", lambda _: {"action": name, "reason": REASON, **to}, undo=undo
    )  # fmt: skip


def _link(it: Shared) -> Body:
    return {"target_id": it.other, "kind": "same_event_as"}


ACCUSE = Request("accuse", "POST", "/about-agencies", lambda _: {"agency": SUSPECT, "reason": REASON})
RELINK = Request("relink", "POST", "/links", _link)

REQUESTS: tuple[Request, ...] = (
    Request("read", "GET"),
    *(
        Request(f"read {part.strip('/')}", "GET", part)
        for part in ("/history", "/suggestions", "/notes", "/links", "/parties", "/parties/{party}",
                     "/attachments", "/attachments/{file}", "/attachments/{file}/content",
                     "/attachments/{file}/custody")
    ),
    _patch("describe", lambda _: {"title": "Judul", "source": {"channel": "press"}}),
    _patch("handle", lambda _: {"injured_count": 1, "site": "Gudang", "severity": "severe"}),
    _patch(
        "downgrade", lambda _: {"severity": "minor"}, _patch("upgrade", lambda _: {"severity": "severe"})
    ),
    _patch("mark", lambda it: {"tlp": it.fields["tlp"]}),
    _patch("classify", lambda it: {"classification": it.fields["classification"]}),
    _patch("assign", lambda _: {"assigned_agencies": [ASSIGNED], "lead_agency": LEAD}),
    _patch("describe and mark", lambda it: {"title": "Judul", "audience": it.fields["audience"]}),
    _patch("handle and assign", lambda _: {"injured_count": 1, "assigned_agencies": [ASSIGNED]}),
    _step("step", "verified", undo=_step("step back", "reported")),
    _step("step too far", "contained"),
    _step("close", "closed"),
    Request("note", "POST", "/notes", lambda _: {"text": "Logistik pengganti berangkat."}),
    Request("unlink", "DELETE", "/links/{link}", match=lambda it: it.link["version"], undo=RELINK),
    Request("link again", "POST", "/links", _link),
    Request("add party", "POST", "/parties", lambda _: {"role": "witness", "name": "Saksi B (fiktif)"}),
    Request(
        "change party", "PATCH", "/parties/{party}", lambda _: {"role": "victim"},
        lambda it: it.party["version"],
    ),
    Request("attach", "POST", "/attachments", file=("catatan.txt", b"Catatan.", "text/plain")),
    Request(
        "note custody", "POST", "/attachments/{file}/custody",
        lambda _: {"kind": "examined", "purpose": REASON},
    ),
    _move("offer", to=AUDIENCE, undo=_move("withdraw")),
    _move("withdraw"),
    _move("accept"),
    _move("decline"),
    ACCUSE,
    Request(
        "clear", "DELETE", f"/about-agencies/{SUSPECT}", match=lambda it: it.fields["version"], undo=ACCUSE
    ),
)  # fmt: skip


async def client_of(service: Service, account: str) -> httpx.AsyncClient:
    return await (service.client(account) if account else service.anonymous())


async def send(service: Service, account: str, it: Shared, request: Request, *, absent: bool = False):
    """The answer to a request; with `absent` to the same one about an incident that does not exist."""
    path, headers = it.path(request.part), {}
    if absent:
        path = path.replace(it.fields["id"], ABSENT)
    if request.match:
        headers["If-Match"] = f'"{request.match(it)}"'
    body = request.body(it) if request.body else None
    files = {"file": request.file} if request.file else None
    client = await client_of(service, account)
    return await client.request(request.method, path, json=body, headers=headers, files=files)


async def perform(service: Service, account: str, it: Shared, request: Request) -> httpx.Response:
    """Send, keep what the answer tells of the record, and undo."""
    answer = await send(service, account, it, request)
    if not answer.is_success or request.method == "GET":
        return answer
    if answer.content:
        told = answer.json()
        kind = "fields" if "tlp" in told else "link" if "target_id" in told else "party"
        if told["id"] == getattr(it, kind)["id"] or kind == "link":
            setattr(it, kind, told)
    if request.undo:
        undone = await perform(service, account, it, request.undo)
        assert undone.is_success, (request.name, account, undone.text)
    return answer


async def share(service: Service, tlp: str, classification: str, **fields: Any) -> Shared:
    """An incident of the owner with its parts, marked so that all who take part pass the label."""
    author = f"commander.{OWNER}"
    named = [agency for agency in TAKES_PART if agency != OWNER] if tlp.startswith("AMBER") else []
    values = {
        "tlp": tlp, "classification": classification, "audience": named, "severity": "severe",
        "recipients": RECIPIENTS if tlp == "RED" else [], "lead_agency": LEAD,
        "assigned_agencies": [ASSIGNED], "about_agencies": [SUSPECT], **fields,
    }  # fmt: skip
    made = await report(service, author, **values)
    other = await report(service, author, tlp="GREEN")
    client = await service.client(author)
    it = Shared(made, {}, {}, {}, {}, other["id"])
    link, note, party, it.attachment = [
        answer.json()
        for answer in await asyncio.gather(
            client.post(f"{INCIDENTS}/{made['id']}/links", json=_link(it)),
            client.post(f"{INCIDENTS}/{made['id']}/notes", json={"text": "Petugas di tempat."}),
            client.post(
                f"{INCIDENTS}/{made['id']}/parties", json={"role": "victim", "name": "Korban A (fiktif)"}
            ),
            attach(service, author, made),
        )
    ]
    it.link, it.note, it.party = link, note, party
    return it


def holds(post: str, request: Request) -> bool:
    """Whether the post may make such requests at all."""
    if post == "admin" or (post == "auditor" and request.method != "GET"):
        return False
    return post in WITH_PARTIES or not request.part.startswith("/parties")
