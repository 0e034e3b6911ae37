"""Many sites in one table: every wrong line is told, and then nothing at all is written."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.bulk import key, outcomes, send, send_text
from tests.support.calls import OPERATOR, get, ledger_size, refused
from tests.support.service import Service
from tests.support.sites import KRAGILAN, SITES, assess, at, current, site

CSV = "text/csv"
HEADING = (
    "kind", "name", "region_code", "longitude", "latitude", "risk", "indicators", "rationale",
    "external_source", "external_id",
)  # fmt: skip


def line(**changes: Any) -> list[Any]:
    said = {
        "kind": "polling_station", "name": "TPS 001 (fiktif)", "region_code": KRAGILAN, "risk": "rawan",
        "rationale": "Daftar Polres (fiktif)", **key(), **changes,
    }  # fmt: skip
    return [said.get(name, "") for name in HEADING]


def sheet(*lines: Sequence[Any]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([HEADING, *lines])
    return written.getvalue()


async def held(service: Service, source: str) -> int:
    """How many sites stand under keys of a source."""
    found = await get(service, OPERATOR, SITES, external_source=source, limit=200)
    return len(found.json()["items"])


async def test_a_table_of_polling_stations_is_registered(service: Service):
    judged = line(longitude="106,28", latitude="-6.14", indicators="no_internet; near_school")
    text = sheet(judged, line(risk=""))  # a rationale with nothing that it could be for
    answer = await send_text(service, OPERATOR, "sites", text, CSV)
    assert outcomes(answer) == [(201, "created"), (422, "refused")]
    (made, wrong) = answer.json()["items"]
    shown = await current(service, made)
    assert (shown["risk"], shown["indicators"]) == ("rawan", ["near_school", "no_internet"])
    assert shown["geometry"]["coordinates"] == [106.28, -6.14]
    assert [each["column"] for each in wrong["problem"]["errors"]] == ["rationale"]


async def test_where_all_is_checked_first_each_wrong_line_is_told_and_nothing_is_written(service: Service):
    good = [line(external_source="periksa") for _ in range(120)]
    again = good[3]
    wrong = {
        7: ("region_code", line(region_code="36.99.01", external_source="periksa")),
        60: ("risk", line(risk="aman", external_source="periksa")),
        61: ("longitude", line(longitude="bujur", latitude="-6", external_source="periksa")),
        119: ("indicators", line(indicators="bencana", external_source="periksa")),
    }
    lines = [wrong[at][1] if at in wrong else each for at, each in enumerate(good)] + [again]
    size = await ledger_size(service)
    answer = await send_text(service, OPERATOR, "sites", sheet(*lines), CSV, mode="checked_first")
    refused(answer, 422, "bulk-refused")
    told = answer.json()["items"]
    assert [each["line"] for each in told] == [at + 2 for at in (*wrong, 120)]
    columns = [each["problem"]["errors"][0].get("column") for each in told]
    assert columns == [*(name for name, _ in wrong.values()), None]
    assert (await ledger_size(service), await held(service, "periksa")) == (size, 0)


@pytest.mark.parametrize("mode", ["checked_first", "best_effort", "all_or_nothing"])
async def test_what_is_right_is_written_and_sent_again_changes_nothing(service: Service, mode: str):
    text = sheet(*(line(external_source=f"benar-{mode.replace('_', '-')}") for _ in range(60)))
    first, again = [await send_text(service, OPERATOR, "sites", text, CSV, mode=mode) for _ in range(2)]
    assert set(outcomes(first)) == {(201, "created")}
    assert set(outcomes(again)) == {(200, "unchanged")}
    assert await held(service, f"benar-{mode.replace('_', '-')}") == 60


async def test_a_dry_run_of_all_writes_nothing(service: Service):
    size = await ledger_size(service)
    items = [{**site(), **key()} for _ in range(3)]
    answer = await send(service, OPERATOR, "sites", items, mode="checked_first", dry_run=True)
    assert outcomes(answer) == [(201, "created")] * 3
    assert await ledger_size(service) == size


async def test_another_judgement_is_an_assessment_of_the_known_site(service: Service):
    mine = {**site(risk="rawan", rationale="Awal."), **key()}
    (made,) = (await send(service, OPERATOR, "sites", [mine])).json()["items"]
    same = await send(service, OPERATOR, "sites", [{**mine, "rationale": "Kata lain, nilai sama."}])
    assert outcomes(same) == [(200, "unchanged")]
    other = {**mine, "risk": "khusus", "note": "Pindah (fiktif)", "rationale": "Keributan (fiktif)."}
    assert outcomes(await send(service, OPERATOR, "sites", [other])) == [(200, "updated")]
    now = await current(service, made)
    assert (now["risk"], now["note"], now["version"]) == ("khusus", "Pindah (fiktif)", 2)
    judged = (await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]
    assert [each["rationale"] for each in judged] == ["Awal.", "Keributan (fiktif)."]


async def test_what_another_agency_has_judged_meanwhile_is_judged_anew_only_when_it_differs(service: Service):
    mine = {**site(risk="rawan", rationale="Awal."), **key()}
    (made,) = (await send(service, OPERATOR, "sites", [mine])).json()["items"]
    await assess(service, "operator.bawaslu-banten", made, indicators=["no_internet"])
    assert outcomes(await send(service, OPERATOR, "sites", [mine])) == [(200, "unchanged")]
    assert (await current(service, made))["indicators"] == ["no_internet"]
