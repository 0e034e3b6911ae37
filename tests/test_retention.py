"""Retention: what has come to its end goes, class by class; what is held, or still runs, stays."""

import argparse
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app import keeping
from app.cli import main
from app.domain.retention import NEVER_ENDING, YEARS, classes
from app.services.records import BY_TYPE
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, attach, get, post, step, stored, url
from tests.support.privacy import OFFICER, data_request, everything, hold, person
from tests.support.service import Service, report, running
from tests.support.threats import aside, stated, withdraw

NAME = "Saksi Zulaikha (fiktif)"
YEAR = timedelta(days=366)


@pytest.fixture
async def own(fresh: Settings) -> AsyncIterator[Service]:
    async with running(fresh, PASSWORD) as service:
        yield service


async def retain(service: Service, years: int, *, apply: bool = True) -> None:
    state = service.app.state
    asked = argparse.Namespace(apply=apply)
    await keeping.retain(state.settings, state.database, state.lane, asked, datetime.now(UTC) + years * YEAR)
    await state.upkeep.look()


async def ended(service: Service, **more: object) -> dict:
    made = await report(service, OPERATOR, title=f"{NAME} melapor", **more)
    await person(service, OPERATOR, made, NAME)
    await post(service, OPERATOR, url(made, "/notes"), {"text": f"{NAME} menelepon."})
    await attach(service, OPERATOR, made, b"Zulaikha hadir.", note=NAME)
    assert (await step(service, OPERATOR, made, "false_report")).status_code == 200
    return made


async def persons(service: Service, made: dict) -> list[str | None]:
    return [each["name"] for each in (await get(service, OPERATOR, url(made, "/parties"))).json()["items"]]


def test_every_kind_of_record_has_its_classes():
    assert {record_type for record_type, _ in YEARS} | NEVER_ENDING == BY_TYPE.keys()
    assert len({each.name for each in classes()}) == len(list(classes()))


async def test_persons_go_first_and_the_content_later(own: Service, capsys: pytest.CaptureFixture[str]):
    made = await ended(own)
    await retain(own, 1)
    assert await persons(own, made) == [NAME]
    await retain(own, 3, apply=False)
    assert "incident/terbatas" not in capsys.readouterr().out
    assert await persons(own, made) == [NAME]
    await retain(own, 3)
    assert capsys.readouterr().out == "incident/biasa: purged after 730 days: 1 records, 1 subjects purged\n"
    assert await persons(own, made) == [None]
    assert (await get(own, OPERATOR, url(made))).json()["title"] == f"{NAME} melapor"
    await retain(own, 6)
    assert "Zulaikha" not in await everything(own)
    assert stored(own) == set()
    now = (await get(own, OPERATOR, url(made))).json()
    assert (now["title"], now["status"], now["kind"]) == ("[dihapus / erased]", "false_report", made["kind"])
    history = (await get(own, OPERATOR, url(made, "/history"))).json()["items"]
    assert {"incident_party.purged", "incident.destroyed", "erasure.destroyed"} <= {
        each["action"] for each in history
    }
    capsys.readouterr()
    await retain(own, 7)
    assert capsys.readouterr().out == ""


async def test_what_is_held_or_not_ended_stays(own: Service):
    held, running_on = await ended(own), await report(own, OPERATOR)
    await person(own, OPERATOR, running_on, NAME)
    await hold(own, OFFICER, held)
    await retain(own, 20)
    assert await persons(own, held) == await persons(own, running_on) == [NAME]


async def test_a_higher_class_is_kept_longer(own: Service):
    chief = "commander.polda-banten"
    made = await report(own, chief, classification="rahasia")
    await person(own, chief, made, NAME)
    await step(own, chief, made, "false_report")
    await retain(own, 4)
    assert NAME in (await get(own, chief, url(made, "/parties"))).text
    await retain(own, 6)
    assert NAME not in (await get(own, chief, url(made, "/parties"))).text


async def test_other_records_have_their_time_too(own: Service):
    level = await stated(own, OPERATOR, aside(), 2)
    await withdraw(own, OPERATOR, level)
    asked = await data_request(own, subject_name=NAME)
    steps = f"/api/v1/personal-data/requests/{asked['id']}/steps"
    await post(own, OFFICER, steps, {"to": "refused", "reason": "Tidak terbukti (fiktif)."})
    await retain(own, 2)
    assert "Zulaikha" not in await everything(own)
    told = f"/api/v1/threat-levels/{level['id']}"
    assert (await get(own, OPERATOR, told)).json()["rationale"] == level["rationale"]
    await retain(own, 6)
    assert (await get(own, OPERATOR, told)).json()["rationale"] == "[dihapus / erased]"


def test_the_command_says_what_it_would_do(fresh: Settings, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv("SIAGA_DATABASE_URL", fresh.database)
    monkeypatch.setenv("SIAGA_DATA_DIR", str(fresh.data_dir))
    assert main(["retention"]) == 0
    assert main(["retention", "--apply"]) == 0
    assert capsys.readouterr().out == ""
