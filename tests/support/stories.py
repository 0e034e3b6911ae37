"""Random stories of incidents that agencies make, mark, share and move, and who may know what of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from hypothesis import strategies as st

from tests.support.calls import INCIDENTS, attach
from tests.support.need_to_know import WITH_PARTIES, Reader, entitled, post
from tests.support.service import Service, incident

AGENCIES = ("polda-banten", "kpu-banten", "bawaslu-banten", "korem-064", "pemprov-banten")
POSTS = ("auditor", "commander", "integration", "liaison", "operator")
ACCOUNTS = [f"{name}.{agency}" for agency in AGENCIES for name in POSTS]
CLASSES = ("biasa", "terbatas", "rahasia")
KINDS = ("log_damage", "log_delay", "eo_money_politics")
REGIONS = ("36", "36.73", "36.04")
MOST = 4  # incidents in a story
WHY = "Alasan yang cukup panjang."

agency = st.sampled_from(AGENCIES)
agencies = st.lists(agency, max_size=3, unique=True)
number = st.integers(0, MOST - 1)


@st.composite
def markings(draw: st.DrawFn) -> dict[str, Any]:
    tlp = draw(st.sampled_from(("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")))
    named = st.lists(st.sampled_from(ACCOUNTS), min_size=1, max_size=4, unique=True)
    return {
        "tlp": tlp,
        "classification": "biasa" if tlp == "CLEAR" else draw(st.sampled_from(CLASSES)),
        "audience": draw(agencies) if tlp.startswith("AMBER") else [],
        "recipients": draw(named) if tlp == "RED" else [],
    }


beginnings = st.fixed_dictionaries(
    {
        "owner": agency,
        "marking": markings(),
        "kind": st.sampled_from(KINDS),
        "region_code": st.sampled_from(REGIONS),
        "severity": st.sampled_from(("minor", "severe")),
    }
)
events = st.one_of(
    st.tuples(st.just("mark"), number, markings()),
    st.tuples(st.just("link"), number, number),
    st.tuples(st.just("hand_over"), number, agency),
    st.tuples(st.just("accuse"), number, agency),
    st.tuples(st.sampled_from(("file", "note", "party", "step")), number, agency),
)
stories = st.tuples(
    st.lists(beginnings, min_size=2, max_size=MOST),
    st.lists(events, min_size=3, max_size=12),
)


@dataclass
class Entry:
    """One accepted change, with the record as it was marked then."""

    position: int
    by: str
    subject: str
    record: dict[str, Any]
    said: dict[str, Any]
    reason: str | None


@dataclass
class Told:
    """An incident as the answers to those who wrote told it."""

    now: dict[str, Any]
    entries: list[Entry] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    parties: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)


class World:
    """The incidents of one story."""

    def __init__(self, service: Service) -> None:
        self.word = f"kisah{uuid4().hex}"
        self.told: list[Told] = []
        self._service = service

    async def begin(self, owner: str, marking: dict[str, Any], **fields: Any) -> None:
        account = f"commander.{owner}"
        values = incident(title=f"Kisah {self.word}", **fields, **including(marking, account))
        answer = await (await self._service.client(account)).post(INCIDENTS, json=values)
        assert answer.status_code == 201, answer.text
        told = Told(answer.json())
        self.told.append(told)
        self._keep(told, account, "incident", answer, None)

    async def happen(self, kind: str, which: int, what: Any) -> None:
        """Try one event; what the rules refuse does not become part of the story."""
        told = self.told[which % len(self.told)]
        await getattr(self, f"_{kind}")(told, what)

    async def _write(
        self, told: Told, account: str, subject: str, part: str, body: dict[str, Any]
    ) -> httpx.Response:
        client = await self._service.client(account)
        headers = {"If-Match": f'"{told.now["version"]}"'}
        method = "POST" if part else "PATCH"
        path = f"{INCIDENTS}/{told.now['id']}{part}"
        answer = await client.request(method, path, json=body, headers=headers)
        if answer.is_success:
            self._keep(told, account, subject, answer, body.get("reason"))
        else:
            assert answer.status_code in {403, 404, 409, 422}, answer.text
        return answer

    def _keep(
        self, told: Told, account: str, subject: str, answer: httpx.Response, reason: str | None
    ) -> None:
        said = answer.json()
        if subject == "incident":
            told.now = said
        else:
            getattr(
                told, {"note": "notes", "party": "parties", "link": "links", "file": "files"}[subject]
            ).append(said)
        position = int(answer.headers["siaga-ledger-position"])
        told.entries.append(Entry(position, account, subject, told.now, said, reason))

    async def _mark(self, told: Told, marking: dict[str, Any]) -> None:
        account = f"commander.{told.now['owner_agency']}"
        await self._write(told, account, "incident", "", including(marking, account))

    async def _link(self, told: Told, which: int) -> None:
        other = self.told[which % len(self.told)]
        body = {"kind": "related_to", "target_id": other.now["id"]}
        await self._write(told, f"commander.{told.now['owner_agency']}", "link", "/links", body)

    async def _hand_over(self, told: Told, to: str) -> None:
        owner = f"commander.{told.now['owner_agency']}"
        offer = {"action": "offer", "to": to, "reason": WHY}
        if (await self._write(told, owner, "incident", "/hand-over", offer)).is_success:
            await self._write(
                told, f"commander.{to}", "incident", "/hand-over", {"action": "accept", "reason": WHY}
            )

    async def _accuse(self, told: Told, whom: str) -> None:
        account = f"commander.{told.now['owner_agency']}"
        await self._write(
            told, account, "incident", "/about-agencies", {"agency": whom, "reason": f"{WHY} {whom}"}
        )

    async def _note(self, told: Told, by: str) -> None:
        await self._write(told, f"liaison.{by}", "note", "/notes", {"text": f"Catatan {by}."})

    async def _file(self, told: Told, by: str) -> None:
        account = f"operator.{by}"
        answer = await attach(self._service, account, told.now, f"Isi {self.word}".encode())
        if not answer.is_success:
            assert answer.status_code in {403, 404}, answer.text
            return
        self._keep(told, account, "file", answer, None)
        path = f"{INCIDENTS}/{told.now['id']}/attachments/{answer.json()['id']}/custody"
        (line,) = (await (await self._service.client(account)).get(path)).json()["items"]
        position = told.entries[-1].position + 1
        told.entries.append(Entry(position, account, "custody", told.now, line, None))

    async def _party(self, told: Told, by: str) -> None:
        await self._write(
            told, f"operator.{by}", "party", "/parties", {"role": "witness", "name": "Saksi (fiktif)"}
        )

    async def _step(self, told: Told, by: str) -> None:
        to = "reported" if told.now["status"] == "verified" else "verified"
        await self._write(told, f"commander.{by}", "incident", "/steps", {"to": to, "reason": WHY})

    def known_to(self, reader: Reader) -> list[Told]:
        """The incidents that the reader may know of, newest first."""
        return [told for told in reversed(self.told) if entitled(reader, told.now)]

    def links_of(self, reader: Reader, told: Told) -> list[dict[str, Any]]:
        """Links from and to an incident, of which the reader may know both ends."""
        known = {each.now["id"] for each in self.known_to(reader)}
        every = sorted((link for each in self.told for link in each.links), key=lambda link: link["id"])
        ends = [(link, {link["incident_id"], link["target_id"]}) for link in every]
        return [link for link, both in ends if told.now["id"] in both and both <= known]

    def history_of(self, reader: Reader, told: Told) -> Iterator[Entry]:
        """The entries that the reader passes with the marking then and now, at both ends of a link."""
        known = {each.now["id"] for each in self.known_to(reader)}
        for entry in told.entries:
            ends = {told.now["id"], entry.said.get("target_id", told.now["id"])}
            if entitled(reader, entry.record) and ends <= known:
                yield entry


def including(marking: dict[str, Any], account: str) -> dict[str, Any]:
    """A RED marking names its author too, and somebody else."""
    if not marking["recipients"]:
        return marking
    named = {account, *marking["recipients"], f"commander2.{account.partition('.')[2]}"}
    return {**marking, "recipients": sorted(named)}


def as_seen(reader: Reader, entry: Entry) -> dict[str, Any]:
    """What the history says of an entry to this reader."""
    name, _, agency = entry.by.partition(".")
    sealed = entry.subject == "party" and reader.account.partition(".")[0] not in WITH_PARTIES
    return {
        "position": entry.position,
        "agency": agency,
        "role": name,
        "account": entry.by if agency == reader.agency else None,
        "reason": entry.reason,
        "state": None if sealed else entry.said,
        "subject_id": entry.said["id"],
    }


READERS = st.lists(st.sampled_from(ACCOUNTS).map(post), min_size=2, max_size=4, unique=True)
