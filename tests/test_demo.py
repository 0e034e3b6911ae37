"""The demo: it plays to its end, tells what the API tells, and leaves nothing running."""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.figures import Figures, lines
from demo.told import KINDS
from tests.support.playing import ROOT, Play, number, playing, server_of, until

SYNCED = re.compile(r"(\S+): (\d+) baru/new, (\d+) tetap/unchanged; (\d+) entri")
MISTAKE = re.compile(r"(\S+): baris/line (\d+), kolom/column (\w+): ")
SITUATION = re.compile(r"situasi kini/situation now 36\.04: .* (\d)$")
OWN, CHAIN, SERANG = "polda-banten", "36.04", "36.73"
NOON = "2024-11-27T12:00:00+07:00"


@pytest.fixture(scope="module")
def play() -> Iterator[Play]:
    """One demo for all that look at what it tells; Ctrl-C ends it, and its server with it."""
    with playing("--keep") as process:
        lines = until(process, "Ctrl-C")
        server = server_of(process)
        yield Play(lines)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, process.stderr.read()
        assert not server.is_running()


def test_the_table_of_the_demo_is_what_each_agency_sees(play: Play):
    assert len(play.table) == 18
    knowing = set()
    for agency, (cells, counts) in play.table.items():
        seen = play.items(agency, "/incidents")
        assert {each["reference"] for each in seen} == {ref for ref, cell in cells.items() if cell != "-"}
        assert {each["reference"] for each in seen if each["owner_agency"] == agency} == {
            reference for reference, cell in cells.items() if "O" in cell
        }
        deployed = play.items(agency, "/deployments", active_at=NOON)
        assert counts == [
            len(play.items(agency, "/threat-levels", status="in_force")),
            len(deployed),
            sum(each["strength_planned"] for each in deployed),
        ]
        knowing |= {agency for each in seen if each["kind"] == "eo_money_politics"}
    assert knowing == {"bawaslu-banten", "polda-banten"}


def test_the_guards_it_shows_are_those_of_the_figures(play: Play):
    figures = Figures.read()
    assert play.guards[OWN][:4] == [*(figures[OWN, kind] for kind in KINDS), figures[OWN, "personnel"]]
    whole = play.guards.pop("36")
    regions = [row for code, row in play.guards.items() if code.startswith("36.")]
    leading = [row for code, row in play.guards.items() if not code.startswith("36.")]
    assert (len(regions), len(leading)) == (8, 2)
    for rows in (regions, leading):
        assert [sum(column) for column in zip(*rows, strict=True)] == whole
    assert all(sum(row[:3]) == row[3] == row[4] for row in (whole, *regions, *leading))
    asked = {"at": NOON, "by": ["region", "role"]}
    answer = play.get("operator.pemprov-banten", "/deployment-strength", **asked)
    assert {each["region_code"]: each["strength_planned"] for each in answer["items"]} == {
        code: row[3] for code, row in play.guards.items() if code.startswith("36.")
    }


def test_of_the_regency_with_two_polda_each_sees_its_own_and_the_regency_all(play: Play):
    seen = {line.split()[0]: number(line.split()[-1]) for line in play.lines if "36.03: melihat/sees" in line}
    assert seen[OWN] + seen["polda-metro-jaya"] == seen["pemkab-tangerang"] == play.guards["36.03"][3]
    assert 0 < seen["korem-052"] < seen["pemkab-tangerang"]


def test_a_unit_lent_twice_is_refused_and_what_is_left_is_its_reserve(play: Play):
    (left,) = {int(left) for (left,) in play.matches(re.compile(r"Of this unit (\d+) are left"))}
    (unit,) = {unit for (unit,) in play.matches(re.compile(r"(\S+) → .*sekaligus/at once"))}
    reserve = [line for line in lines("lent.csv") if line["role"] == "reserve"]
    assert left == sum(int(line["strength"]) for line in reserve if line["home_unit"] == unit)


def test_the_script_states_what_is_new_and_nothing_twice(play: Play):
    first, last = list(lines("levels.csv")), list(lines("levels-november.csv"))
    changed = sum(old.values != new.values for old, new in zip(first, last, strict=True))
    assert [tuple(map(int, numbers)) for _, *numbers in play.matches(SYNCED)] == [
        (len(first), 0, len(first)),
        (0, len(first), 0),
        (changed, len(first) - changed, 2 * changed),  # each ends the one before
    ]


def test_the_script_names_each_wrong_code_and_sends_nothing_of_that_file(play: Play):
    good, wrong = list(lines("levels-november.csv")), list(lines("levels-wrong.csv"))
    differing = {
        (new.number, column): new
        for old, new in zip(good, wrong, strict=True)
        for column in new.values
        if old[column] != new[column]
    }
    named = {(int(line), column) for _, line, column in play.matches(MISTAKE)}
    (sound,) = differing.keys() - named  # a change that would be accepted
    assert named == differing.keys() - {sound}
    line = differing[sound]
    stated = play.items(
        OWN, "/threat-levels", agency=OWN, region=line["region_code"], category=line["category"]
    )
    assert int(line["level"]) not in {each["level"] for each in stated}
    assert [each["status"] for each in stated] == ["in_force", "superseded"]


def test_the_second_commander_decides_what_waited_for_it(play: Play):
    inbox = [int(line.rpartition(" ")[2]) for line in play.told(f"commander2.{OWN}") if "inbox" in line]
    assert inbox[:4] == [0, 1, 0, 1]  # one level after the other; then the clock may have drafted already
    (decided,) = play.items(OWN, "/threat-levels/proposals", region=SERANG)
    happened = play.get(f"auditor.{OWN}", f"/threat-levels/proposals/{decided['id']}/history")["items"]
    assert [(each["action"], each["account"]) for each in happened] == [
        ("threat_level.proposed", f"commander.{OWN}"),
        ("threat_level.approved", f"commander2.{OWN}"),
    ]
    assert any(line.startswith("ditolak/refused 403") for line in play.told(f"commander.{OWN}"))
    sent = [each for each in play.items(OWN, "/deployments", region=SERANG) if each["threat_level_id"]]
    assert {each["threat_level_id"] for each in sent} == {decided["threat_level_id"]}
    assert {each["role"] for each in sent} == {"reserve"}


def test_a_raised_level_becomes_a_deployment_by_the_plan_and_the_decision_of_a_person(play: Play):
    (proposal,) = play.items(OWN, "/threat-levels/proposals", region=CHAIN)
    commander = f"commander.{OWN}"
    (activation,) = play.get(commander, "/posture-activations")["items"]
    assert activation["threat_level_id"] == proposal["threat_level_id"]
    assert [each["state"] for each in activation["drafts"]] == ["carried_out", "dropped", "carried_out"]
    happened = play.get(f"auditor.{OWN}", f"/posture-activations/{activation['id']}/history")["items"]
    assert [(each["action"], each["agency"], each["account"]) for each in happened] == [
        ("posture_activation.drafted", "siaga", None),
        *[("posture_activation.decided", OWN, commander)] * 3,
    ]
    (sent,) = activation["deployment_ids"]
    there = play.get(f"operator.{OWN}", f"/deployments/{sent}")
    assert (there["status"], there["threat_level_id"]) == ("on_scene", proposal["threat_level_id"])
    told = play.told(commander)
    assert any(f"{activation['reference']} ← " in line for line in told)
    for draft in activation["drafts"]:
        assert any(line.strip() == draft["reason"] for line in told)


def test_of_those_asked_for_a_part_is_there_and_has_checked_in(play: Play):
    (asked,) = play.items(OWN, "/assistance-requests")
    assert (asked["quantity"], asked["accepted_count"], asked["present_count"]) == (60, 40, 40)
    assert any("40 dari/of 60, kurang/left 20" in line for line in play.told("korem-064"))
    (answer,) = play.items("korem-064", f"/assistance-requests/{asked['id']}/answers")
    path = f"/deployments/{answer['deployment_id']}"
    sent = play.get("operator.korem-064", path)
    assert (sent["command_relation"], sent["controlling_agency"]) == ("bko", OWN)
    (check_in,) = play.items("korem-064", f"{path}/check-ins")
    assert check_in["checked_in_at"] == sent["checked_in_at"] < sent["check_in_due_at"]


def test_the_situation_it_shows_last_is_that_of_the_service(play: Play):
    now = play.get(f"operator.{OWN}", "/situation", region=CHAIN)
    assert [int(level) for (level,) in play.matches(SITUATION)] == [3, 4, 4]
    numbers = [[int(each) for each in re.findall(r"\d+", line)] for line in play.told(OWN) if line.startswith(
        ("kejadian terbuka/open", "TPS: "))]  # fmt: skip
    before, during, after = zip(numbers[::2], numbers[1::2], strict=True)
    (calm, present), (_, unguarded, missing) = before
    assert (present, unguarded, missing) == (0, 2, 2)
    assert during == ([calm + 1, 60], [1, 0, 0])
    assert after == ([calm, 60], [1, 0, 0])
    assert [now["incidents"]["incidents"], now["deployments"]["strength_present"]] == after[0]
    assert [now["coverage"]["unguarded"], now["coverage"]["police_gap"]] == after[1][1:]


def test_the_incident_of_the_chain_is_closed_and_one_agency_has_seen_it(play: Play):
    (record,) = (
        each for each in play.items(OWN, "/incidents", region=CHAIN) if "pasar Kragilan" in each["title"]
    )
    assert record["status"] == "closed"
    said = play.items(OWN, f"/incidents/{record['id']}/acknowledgements")
    words = {each["agency"]: each["status"] for each in said}
    assert words.pop("korem-064") == "acknowledged"
    assert words.popitem()[1] in {"waiting", "moot"}  # the clock ends it some seconds after the incident
    part = "\n".join(play.part("A crowd at the market"))
    assert "konfirmasi/acknowledgement: Dikonfirmasi / Acknowledged" in part
    assert all(f"{record['reference']}: {status} (" in part for status in ("verified", "contained"))


def test_it_tells_of_days_readiness_a_site_and_a_patrol(play: Play):
    days = [
        int(days) for (days,) in play.matches(re.compile(r"(\d+) hari ke pemungutan suara/days to voting$"))
    ]
    assert days == [7, 0, 18]
    (order,) = play.items(OWN, "/readiness/orders")
    assert any(f"{order['reference']} {order['number']}: polres-serang" in line for line in play.lines)
    sites = play.items(OWN, "/sites")
    assert sorted(each["risk"] for each in sites) == ["rawan", "sangat_rawan"]
    judged = next(each for each in sites if each["risk"] == "sangat_rawan")
    assert any(
        judged["reference"] in line and line.endswith(f" {judged['risk_index']}")
        for line in play.told("bawaslu-banten")
    )
    (patrol,) = play.items(OWN, "/patrols")
    stops = play.items(OWN, f"/patrols/{patrol['id']}/stops")
    assert [each["state"] for each in stops] == ["visited", "skipped"]
    assert [line.rpartition(" · ")[2] for line in play.part("A patrol at night")] == [
        each["remark"] for each in stops
    ]


def test_it_tells_how_large_the_ledger_is(play: Play):
    ((before, grown, after),) = play.matches(re.compile(r"ledger: (\d+) \+ (\d+) = (\d+) "))
    size = play.get(f"operator.{OWN}", "/ledger/head")["size"]
    assert int(before) + int(grown) == int(after)
    assert int(after) <= size  # where the play took long, the ledger was told of the access log meanwhile


def test_a_demo_to_which_something_else_is_told_than_it_expects_fails(tmp_path: Path):
    for name in ("alembic", "app", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    file = tmp_path / "demo" / "data" / "figures.csv"
    text = file.read_text("utf-8")
    wanted = Figures.read()["36", "tps"]
    file.write_text(text.replace(f"36,tps,{wanted},", f"36,tps,{wanted + 1},"), "utf-8")
    with playing(root=tmp_path) as process:
        assert process.wait(60) == 1
        assert f"{wanted} where {wanted + 1} was expected" in process.stderr.read()


def test_a_demo_whose_server_dies_says_so():
    with playing() as process:
        until(process, "melapor/reports")
        server_of(process).kill()
        assert process.wait(60) == 1
        assert process.stderr.read().startswith("\ndemo: ")


def test_a_demo_that_is_told_to_end_takes_its_server_along():
    with playing() as process:
        until(process, "melapor/reports")
        server = server_of(process)
        process.terminate()
        assert process.wait(60) == 128 + signal.SIGTERM
        assert not server.is_running()
