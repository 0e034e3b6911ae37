"""Following in the access log: what is secret is noted as elsewhere; broken glass opens one record only."""

from typing import Any

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import kinds, logged
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import INCIDENTS, change, get, url, walk
from tests.support.feeds import SNAPSHOT, since, taken, tip
from tests.support.listening import listening, signed_in
from tests.support.servers import serving
from tests.support.service import Service, incident, report, running

OWNER = "commander.polda-banten"
OURS, THEIRS = "auditor.polda-banten", "auditor.kpu-banten"
SECRET = {"tlp": "AMBER", "audience": ["kpu-banten"], "classification": "rahasia"}


async def about(service: Service, auditor: str, made: dict[str, Any]) -> list[str]:
    return await kinds(service, auditor, record_id=made["id"])


async def test_a_secret_record_in_a_page_is_noted_for_both_sides(service: Service):
    after = await tip(service, KPU_CHIEF)
    made = await report(service, OWNER, **SECRET)
    open_one = await report(service, OWNER, tlp="GREEN")
    assert len(await since(service, KPU_CHIEF, after)) == 2
    (theirs,) = await logged(service, THEIRS, record_id=made["id"])
    (ours,) = await logged(service, OURS, record_id=made["id"])
    assert (theirs["kind"], theirs["account"], ours["account"]) == ("record_read", KPU_CHIEF, None)
    assert await about(service, OURS, open_one) == []


async def test_that_a_secret_record_is_gone_is_no_reading(service: Service):
    made = await report(service, OWNER, **SECRET)
    after = await tip(service, KPU_CHIEF)
    await change(service, OWNER, made, audience=[])
    assert [each["change"] for each in await since(service, KPU_CHIEF, after)] == ["gone"]
    assert await about(service, THEIRS, made) == []


async def test_a_snapshot_is_noted_once_and_each_owner_hears_how_much_of_it_was_secret(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = [await report(service, OWNER, **SECRET) for _ in range(3)]
        await report(service, OWNER, tlp="GREEN")
        taken(await get(service, KPU_CHIEF, SNAPSHOT, type=["incident", "deployment"]))
        both = await logged(service, THEIRS, kind="exported")
        assert [(each["owner_agency"], each["times"], each["account"]) for each in both] == [
            ("polda-banten", 3, KPU_CHIEF),
            (None, 1, KPU_CHIEF),
        ]
        assert {each["detail"] for each in both} == {"deployment incident"}
        (ours,) = await logged(service, OURS, kind="exported")
        assert (ours["agency"], ours["account"], ours["times"]) == ("kpu-banten", None, 3)
        assert await about(service, OURS, made[0]) == []


async def test_broken_glass_widens_no_list_no_page_and_no_snapshot(service: Service):
    hidden = await report(service, OWNER)
    after = await tip(service, KPU_CHIEF)
    await open_glass(service, KPU_CHIEF, hidden)
    assert (await get(service, KPU_CHIEF, url(hidden))).status_code == 200
    assert (await change(service, OWNER, hidden, title="Tetap tertutup")).status_code == 200
    assert await since(service, KPU_CHIEF, after) == []
    found = [
        (await get(service, KPU_CHIEF, SNAPSHOT)).text,
        str(await since(service, KPU_CHIEF, None)),
        str(await walk(service, KPU_CHIEF, INCIDENTS, limit=200)),
    ]
    assert [each for each in found if hidden["id"] in each] == []


async def test_the_stream_notes_what_is_secret_and_tells_nothing_for_broken_glass(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with signed_in(server.url, KPU_CHIEF) as reader, signed_in(server.url, OWNER) as owner:
            made = await sent(owner)
            broken = {"reference": made["reference"], "reason": "Keadaan darurat (fiktif).", "minutes": 30}
            assert (await reader.post("/api/v1/break-glass", json=broken)).status_code == 201
            async with listening(reader) as there:
                version = {"If-Match": '"1"'}
                path = f"{INCIDENTS}/{made['id']}"
                answer = await owner.patch(path, json={"title": "Tetap tertutup"}, headers=version)
                assert answer.status_code == 200, answer.text
                secret = await sent(owner, **SECRET)
                told = await there.event()
                assert (told.name, told.data["id"]) == ("changed", secret["id"])
        async with signed_in(server.url, THEIRS) as auditor:
            asked = {"record_id": secret["id"]}
            for _ in range(100):
                items = (await auditor.get("/api/v1/access-log", params=asked)).json()["items"]
                if items:
                    break
            assert [(each["kind"], each["account"]) for each in items] == [("record_read", KPU_CHIEF)]


async def sent(client: Any, **marking: Any) -> dict[str, Any]:
    answer = await client.post(INCIDENTS, json=incident(**marking))
    assert answer.status_code == 201, answer.text
    return answer.json()
