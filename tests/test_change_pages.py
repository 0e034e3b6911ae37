"""Pages of the feed are full of what their reader is told: a short one would count what is hidden."""

from tests.support.calls import OPERATOR, change, post, url
from tests.support.feeds import brief, page, tip
from tests.support.service import Service, report

KPU = "operator.kpu-banten"


async def test_hidden_changes_do_not_take_places_on_a_page(service: Service):
    after = await tip(service, KPU)
    first = await report(service, OPERATOR, tlp="GREEN")
    hidden = await report(service, OPERATOR, tlp="AMBER", audience=["bawaslu-banten"])
    for number in range(4):
        hidden = (await change(service, OPERATOR, hidden, title=f"Judul {number}")).json()
        assert (await post(service, OPERATOR, url(hidden, "/notes"), {"text": "Catatan."})).status_code == 201
    second = await report(service, OPERATOR, tlp="GREEN")
    told = await page(service, KPU, after=after, limit=2)
    assert brief(told["items"]) == [("changed", first["id"]), ("changed", second["id"])]
    rest = await page(service, KPU, after=told["next"], limit=2)
    assert rest["items"] == []


async def test_a_former_marking_of_every_kind_is_looked_at(service: Service):
    named = ["operator.kpu-banten", "commander.polda-banten", "operator.polda-banten"]
    for marking in (
        {"tlp": "GREEN"},
        {"tlp": "AMBER", "audience": ["bawaslu-banten", "kpu-banten"]},
        {"tlp": "RED", "recipients": named},
        {"tlp": "CLEAR"},
        {"tlp": "GREEN", "classification": "terbatas"},
    ):
        made = await report(service, OPERATOR, **marking)
        after = await tip(service, KPU)
        narrow = {"tlp": "AMBER+STRICT", "audience": [], "recipients": []}
        answer = await change(service, OPERATOR, made, **narrow)
        assert answer.status_code == 200, answer.text
        told = await page(service, KPU, after=after, limit=1)
        assert brief(told["items"]) == [("gone", made["id"])], marking
