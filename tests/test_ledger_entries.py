"""Each accepted change is exactly one entry for each row that it changed, and the entry says all of it."""

from collections.abc import Awaitable
from typing import Any

import httpx
from sqlmodel import col, select

from app.change import NOT_DISCLOSED, REASON, plain
from app.models import LEDGERED
from app.models.incidents import IncidentRow
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support import calls
from tests.support.calls import (
    INCIDENTS,
    OPERATOR,
    accuse,
    attach,
    change,
    clear,
    ledger_size,
    move,
    post,
    step,
    url,
)
from tests.support.service import Service, incident, report, running

KPU, OVERSIGHT = "operator.kpu-banten", "commander.bawaslu-banten"
ROWS = {str(table.__tablename__): table for table in LEDGERED}
MARKED = ("owner_agency", "tlp", "classification", "audience", "recipients", "exercise")
WITNESS = {"role": "witness", "name": "Saksi (fiktif)", "national_id": "3603010101900001"}


def marking(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in MARKED}


class Watch:
    """Makes changes one by one and checks what the ledger has of each."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.marked: dict[Any, dict[str, Any]] = {}  # record → its marking after the last entry

    async def accepts(
        self, account: str, calling: Awaitable[httpx.Response], *actions: str, reason: str | None = None
    ) -> Any:
        """The change is accepted and is these entries, no more."""
        size = await ledger_size(self.service)
        answer = await calling
        assert answer.is_success, answer.text
        assert int(answer.headers["siaga-ledger-position"]) == size
        entries = await self._since(size)
        assert [entry.action for entry, _ in entries] == [f"incident.{action}" for action in actions]
        assert [entry.position for entry, _ in entries] == list(range(size, size + len(actions)))
        assert await ledger_size(self.service) == size + len(actions)
        for entry, said in entries:
            assert (entry.account, entry.agency) == (account, account.partition(".")[2])
            assert entry.role == account.partition(".")[0]
            assert said.pop(REASON, [None, None])[1] == reason
            await self._says_the_row(entry, said)
            await self._says_the_marking(entry)
        return answer.json() if answer.content else None

    async def refuses(self, calling: Awaitable[httpx.Response]) -> None:
        """The change is refused and leaves no entry."""
        size = await ledger_size(self.service)
        answer = await calling
        assert answer.is_client_error, answer.text
        assert "siaga-ledger-position" not in answer.headers
        assert await ledger_size(self.service) == size
        assert await self._since(size) == []

    async def _since(self, position: int) -> list[tuple[LedgerRow, dict[str, Any]]]:
        query = (
            select(LedgerRow, LedgerDisclosureRow)
            .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
            .where(LedgerRow.position >= position)
            .order_by(col(LedgerRow.position))
        )
        async with self.service.app.state.database.session() as session:
            return [(entry, dict(said.fields)) for entry, said in await session.exec(query)]

    async def _says_the_row(self, entry: LedgerRow, said: dict[str, Any]) -> None:
        """The row as it now stands is what the entry says, field by field, and it points at the entry."""
        async with self.service.app.state.database.session() as session:
            row = await session.get(ROWS[entry.subject_type], entry.subject_id)
        assert (row.entry_id, row.version) == (entry.id, entry.version)
        stands = {f"/{name}": plain(value) for name, value in row.model_dump(exclude=NOT_DISCLOSED).items()}
        assert {path: value for path, (_, value) in said.items()} == stands

    async def _says_the_marking(self, entry: LedgerRow) -> None:
        """Each entry takes up the marking where the one before it left it."""
        async with self.service.app.state.database.session() as session:
            record = await session.get(IncidentRow, entry.record_id)
        assert marking(entry) == marking(record)
        assert entry.marking_before == self.marked.get(entry.record_id)
        self.marked[entry.record_id] = marking(entry)


async def unlink(service: Service, made: dict[str, Any], link: dict[str, Any]) -> httpx.Response:
    client = await service.client(OPERATOR)
    return await client.delete(url(made, f"/links/{link['id']}"), headers={"If-Match": '"1"'})


async def correct(service: Service, made: dict[str, Any], party: dict[str, Any], etag: str) -> httpx.Response:
    client = await service.client(OPERATOR)
    path = url(made, f"/parties/{party['id']}")
    return await client.patch(path, json={"role": "victim"}, headers={"If-Match": etag})


async def test_every_kind_of_change_is_one_entry_for_each_row_it_changed(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        watch, why = Watch(service), calls.REASON

        def posted(part: str, body: dict[str, Any]) -> Awaitable[httpx.Response]:
            return post(service, OPERATOR, url(made, part), body)

        body = incident(tlp="AMBER", audience=["kpu-banten"])
        made = await watch.accepts(OPERATOR, post(service, OPERATOR, INCIDENTS, body), "reported")
        other = await watch.accepts(OPERATOR, post(service, OPERATOR, INCIDENTS, incident()), "reported")
        made = await watch.accepts(OPERATOR, change(service, OPERATOR, made, injured_count=2), "changed")
        narrowed = change(service, OPERATOR, made, tlp="AMBER+STRICT", audience=[])
        made = await watch.accepts(OPERATOR, narrowed, "changed")
        made = await watch.accepts(
            OPERATOR, change(service, OPERATOR, made, tlp="GREEN", classification="biasa"), "changed"
        )
        await watch.accepts(OPERATOR, step(service, OPERATOR, made, "verified"), "stepped", reason=why)
        await watch.accepts(OPERATOR, posted("/notes", {"text": "Catatan."}), "noted")
        link = await watch.accepts(
            OPERATOR, posted("/links", {"target_id": other["id"], "kind": "related_to"}), "linked"
        )
        await watch.accepts(OPERATOR, unlink(service, made, link), "unlinked")
        party = await watch.accepts(OPERATOR, posted("/parties", WITNESS), "party_added")
        await watch.accepts(OPERATOR, correct(service, made, party, '"1"'), "party_changed")
        file = await watch.accepts(
            OPERATOR, attach(service, OPERATOR, made), "attachment_added", "custody_noted"
        )
        custody = f"/attachments/{file['id']}/custody"
        seen = {"kind": "examined", "purpose": "Dicocokkan."}
        await watch.accepts(OPERATOR, posted(custody, seen), "custody_noted")
        given = {"kind": "handed_over", "purpose": "Diperiksa.", "to": "kpu-banten"}
        await watch.accepts(OPERATOR, posted(custody, given), "custody_noted", "attachment_handed_over")
        taken = post(service, KPU, url(made, custody), {"kind": "received", "purpose": "Diperiksa."})
        await watch.accepts(KPU, taken, "custody_noted", "attachment_received")
        made = await watch.accepts(KPU, accuse(service, KPU, made, "pemprov-banten"), "accused", reason=why)
        await watch.accepts(OVERSIGHT, clear(service, OVERSIGHT, made, "pemprov-banten"), "cleared")
        again = step(service, OPERATOR, other, "duplicate", duplicate_of=made["id"])
        await watch.accepts(OPERATOR, again, "stepped", "linked", reason=why)


async def test_every_move_of_a_hand_over_is_one_entry(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        watch = Watch(service)
        body = incident(tlp="AMBER", audience=["kpu-banten"])
        made = await watch.accepts(OPERATOR, post(service, OPERATOR, INCIDENTS, body), "reported")
        for account, action in (
            (OPERATOR, "withdraw"), (KPU, "decline"), (KPU, "accept"),
        ):  # fmt: skip
            offer = move(service, OPERATOR, made, "offer", to="kpu-banten")
            await watch.accepts(OPERATOR, offer, "hand_over_offered", reason=calls.REASON)
            told = {"withdraw": "withdrawn", "decline": "declined", "accept": "accepted"}[action]
            moved = move(service, account, made, action)
            await watch.accepts(account, moved, f"hand_over_{told}", reason=calls.REASON)
        assert watch.marked.popitem()[1]["owner_agency"] == "kpu-banten"


async def test_a_refused_change_leaves_no_entry(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        watch = Watch(service)
        made = await report(service, OPERATOR, tlp="GREEN")
        other = await report(service, OPERATOR, tlp="AMBER+STRICT")
        await post(service, OPERATOR, url(made, "/links"), {"target_id": other["id"], "kind": "related_to"})
        for account, part, body in (
            (OPERATOR, "/steps", {"to": "contained", "reason": calls.REASON}),
            (OPERATOR, "/links", {"target_id": other["id"], "kind": "related_to"}),
            (OPERATOR, "/links", {"target_id": made["id"], "kind": "related_to"}),
            (OPERATOR, "/notes", {"text": ""}),
            (OPERATOR, "/hand-over", {"action": "withdraw", "reason": calls.REASON}),
            (OPERATOR, "/about-agencies", {"agency": "tidak-ada", "reason": calls.REASON}),
            (KPU, "/steps", {"to": "verified", "reason": calls.REASON}),
            ("auditor.polda-banten", "/notes", {"text": "Catatan."}),
            ("liaison.polda-banten", "/parties", WITNESS),
        ):
            await watch.refuses(post(service, account, url(made, part), body))
        await watch.refuses(post(service, KPU, url(other, "/notes"), {"text": "Catatan."}))
        await watch.refuses(post(service, OPERATOR, INCIDENTS, incident(region_code="99")))
        await watch.refuses(change(service, OPERATOR, {**made, "version": 7}, injured_count=1))
        await watch.refuses(change(service, KPU, made, tlp="CLEAR"))
        await watch.refuses(clear(service, OPERATOR, made, "kpu-banten"))
