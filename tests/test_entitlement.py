"""Whatever agencies make, mark and share: each account reads all that it is entitled to, and nothing else."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from app.main import create_app
from app.settings import Settings
from tests.support.calls import ABSENT, INCIDENTS, get
from tests.support.need_to_know import WITH_PARTIES, Reader, entitled
from tests.support.service import Service
from tests.support.stories import READERS, Told, World, as_seen, stories

ENTRIES = "/api/v1/ledger/entries"

# Every operation that reads something of a record is walked below; the others know of no record.
WALKED = {
    "list_attachments",
    "list_custody",
    "list_inbox",
    "read_attachment",
    "read_attachment_content",
    "list_incident_history",
    "list_incidents",
    "list_ledger_entries",
    "list_links",
    "list_notes",
    "list_parties",
    "read_incident",
    "read_incident_suggestions",
    "read_party",
}
# Of these the same is held by test_threat_level_visibility, test_deployment_rights, test_strength_summary,
# test_acknowledgements, test_referrals, test_site_visibility, test_guard_patterns, test_coverage,
# test_assistance_visibility, test_patrol_visibility, test_patrol_coverage, test_readiness, test_elections,
# test_check_ins, test_strength_timelines, test_situation, test_mirror.
WALKED_ELSEWHERE = {
    "list_incident_acknowledgements",
    "list_referrals",
    "list_threat_level_acknowledgements",
    "read_acknowledgement_statistics",
    "read_referral",
    "list_changes",
    "read_change_stream",
    "read_snapshot",
    "list_threat_level_history",
    "list_threat_level_proposal_history",
    "list_threat_level_proposals",
    "list_threat_levels",
    "read_effective_threat_level",
    "read_threat_level",
    "read_threat_level_proposal",
    "list_check_ins",
    "list_deployment_history",
    "list_deployments",
    "list_assistance_answers",
    "list_assistance_request_history",
    "list_assistance_requests",
    "list_election_history",
    "list_elections",
    "list_guard_pattern_history",
    "list_guard_patterns",
    "list_overdue_patrol_stops",
    "list_patrol_history",
    "list_patrol_plan_history",
    "list_patrol_plan_stops",
    "list_patrol_plans",
    "list_patrol_stops",
    "list_patrols",
    "list_readiness_order_history",
    "list_readiness_orders",
    "list_site_assessments",
    "list_site_history",
    "list_sites",
    "list_unguarded_sites",
    "read_assistance_request",
    "read_coverage",
    "read_current_elections",
    "read_election",
    "read_guard_pattern",
    "read_patrol",
    "read_patrol_coverage",
    "read_patrol_plan",
    "read_readiness_order",
    "read_site",
    "list_unit_strength_history",
    "list_unit_strengths",
    "read_deployed_strength",
    "read_deployment",
    "read_unit_readiness",
    "read_deployment_strength",
    "read_situation",
    "read_strength_over_time",
    "read_unit_strength",
}
# Of these the same is held by test_access_log, test_break_glass and test_log.
OVERSIGHT = {
    "list_accesses",
    "list_broken_glass",
    "read_broken_glass",
    "read_ledger_proof",
    "read_ledger_receipt",
}
# Of these the same is held by test_data_protection, test_erasures, test_legal_holds and test_disclosures.
PAPERS = {
    "list_breach_history",
    "list_breaches",
    "list_data_subject_request_history",
    "list_data_subject_requests",
    "list_erasures",
    "list_legal_holds",
    "read_breach",
    "read_breach_notice",
    "read_data_subject_copy",
    "read_data_subject_request",
    "read_disclosure_file",
}
WITHOUT_RECORDS = {
    "list_accounts",
    "list_agencies",
    "list_credentials",
    "list_deliveries",
    "list_identities",
    "list_ledger_witnesses",
    "list_integrations",
    "list_red_memberships",
    "list_regions",
    "list_units",
    "list_vocabularies",
    "list_webhooks",
    "read_account",
    "read_agency",
    "read_checkpoint",
    "read_clocks",
    "read_cosigned_checkpoint",
    "read_entry_bundle",
    "read_integration",
    "read_keys",
    "read_known_guard_patterns",
    "read_ledger_head",
    "read_liveness",
    "read_log_keys",
    "read_me",
    "read_metrics",
    "read_readiness",
    "read_region",
    "read_resource_metadata",
    "read_responsible",
    "read_server_metadata",
    "read_tile",
    "read_webhook",
}


def test_every_operation_that_reads_is_walked_or_knows_of_no_record():
    paths = create_app(Settings()).openapi()["paths"].values()
    known = WALKED | WALKED_ELSEWHERE | OVERSIGHT | PAPERS | WITHOUT_RECORDS
    assert {each["get"]["operationId"] for each in paths if "get" in each} == known


class Walk:
    """One reader's way through everything that can be read."""

    def __init__(self, service: Service, reader: Reader, world: World) -> None:
        self.service = service
        self.reader = reader
        self.world = world

    async def pages(self, path: str, limit: int, **query: Any) -> list[Any]:
        """All items of a list; each page but the last is full, so that nothing left out can be counted."""
        found: list[Any] = []
        cursor: dict[str, str] = {}
        while True:
            answer = await get(self.service, self.reader.account, path, limit=limit, **query, **cursor)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found += page["items"]
            if page["next"] is None:
                return found
            assert len(page["items"]) == limit
            cursor = {"cursor": page["next"]}

    async def lists(self) -> None:
        known = [told.now for told in self.world.known_to(self.reader)]
        assert await self.pages(INCIDENTS, 2, text=self.world.word) == known
        filters: dict[str, tuple[str, Callable[[dict[str, Any]], bool]]] = {
            "region": ("36.04", lambda each: each["region_code"].startswith("36.04")),
            "kind": ("log_delay", lambda each: each["kind"] == "log_delay"),
            "group": ("logistics", lambda each: each["group"] == "logistics"),
            "severity": ("severe", lambda each: each["severity"] == "severe"),
            "status": ("verified", lambda each: each["status"] == "verified"),
        }
        for name, (value, holds) in filters.items():
            found = await self.pages(INCIDENTS, 50, text=self.world.word, **{name: value})
            assert found == [each for each in known if holds(each)], name
        for told in self.world.told:
            found = await self.pages(INCIDENTS, 50, reference=told.now["reference"])
            assert found == [each for each in known if each == told.now]

    async def incident(self, told: Told) -> None:
        at = f"{INCIDENTS}/{told.now['id']}"
        if not entitled(self.reader, told.now):
            await self.hidden(at)
            return
        answer = await get(self.service, self.reader.account, at)
        assert (answer.status_code, answer.json()) == (200, told.now)
        assert await self.pages(f"{at}/notes", 1) == told.notes
        assert await self.pages(f"{at}/links", 1) == self.world.links_of(self.reader, told)
        await self.history(told, at)
        await self.parties(told, at)
        await self.files(told, at)
        await self.suggestions(told, at)

    async def hidden(self, at: str) -> None:
        for part in ("", "/notes", "/links", "/history", "/suggestions", "/parties", "/attachments"):
            answer = await get(self.service, self.reader.account, f"{at}{part}")
            absent = await get(self.service, self.reader.account, f"{INCIDENTS}/{ABSENT}{part}")
            assert answer.status_code in {403, 404}
            assert (answer.status_code, answer.content) == (absent.status_code, absent.content)

    async def history(self, told: Told, at: str) -> None:
        expected = [as_seen(self.reader, entry) for entry in self.world.history_of(self.reader, told)]
        found = await self.pages(f"{at}/history", 2)
        assert [{name: each[name] for name in expected[0]} for each in found if expected] == expected
        assert len(found) == len(expected)

    async def parties(self, told: Told, at: str) -> None:
        if self.reader.account.partition(".")[0] in WITH_PARTIES:
            assert await self.pages(f"{at}/parties", 2) == told.parties
            for each in told.parties:
                answer = await get(self.service, self.reader.account, f"{at}/parties/{each['id']}")
                assert answer.json() == each
        else:
            answer = await get(self.service, self.reader.account, f"{at}/parties")
            assert answer.status_code == 403

    async def files(self, told: Told, at: str) -> None:
        assert await self.pages(f"{at}/attachments", 1) == told.files
        for each in told.files:
            file = f"{at}/attachments/{each['id']}"
            assert (await get(self.service, self.reader.account, file)).json() == each
            (line,) = await self.pages(f"{file}/custody", 1)
            assert line["agency"] == each["agency"]
            content = await get(self.service, self.reader.account, f"{file}/content")
            assert content.text == f"Isi {self.world.word}"

    async def inbox(self) -> None:
        """What is offered to the reader's agency waits for those who could take it, and nothing else here."""
        offered = {
            told.now["id"]
            for told in self.world.known_to(self.reader)
            if told.now["offered_to"] == self.reader.agency and "auditor" not in self.reader.account
        }
        found = await self.pages("/api/v1/inbox", 50)
        assert {each["record_id"] for each in found if self.world.word in each["title"]} == offered

    async def suggestions(self, told: Told, at: str) -> None:
        answer = await get(self.service, self.reader.account, f"{at}/suggestions")
        near = answer.json()["same_event"]
        assert all(entitled(self.reader, each) for each in near)
        ours = [each for each in near if self.world.word in each["title"]]
        assert ours == [
            each.now
            for each in self.world.known_to(self.reader)
            if each.now["group"] == told.now["group"]
            and each.now["owner_agency"] != told.now["owner_agency"]
            and each.now["region_code"].startswith(told.now["region_code"])
        ]

    async def entries(self, told: Told) -> None:
        """An auditor reads about all that the own agency did or owned, and of the rest what it may see."""
        seen = {entry.position for entry in self.world.history_of(self.reader, told)}
        own = {
            entry.position
            for entry in told.entries
            if self.reader.agency in {entry.by.partition(".")[2], entry.record["owner_agency"]}
        }
        found = await self.pages(ENTRIES, 2, record_id=told.now["id"])
        assert [each["position"] for each in found] == sorted(seen | own)
        for each in found:
            assert (each["account"] is not None) == (each["agency"] == self.reader.agency)
            assert self.world.word not in str(each)

    async def everything(self) -> None:
        await self.lists()
        await self.inbox()
        for told in self.world.told:
            await self.incident(told)
            if self.reader.account.startswith("auditor."):
                await self.entries(told)


@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # to shorten a failing story takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(story=stories, readers=READERS)
async def test_each_account_reads_exactly_what_it_is_entitled_to(service: Service, story, readers):
    beginnings, happenings = story
    world = World(service)
    for each in beginnings:
        await world.begin(**each)
    for kind, which, what in happenings:
        await world.happen(kind, which, what)
    for reader in readers:
        await Walk(service, reader, world).everything()
