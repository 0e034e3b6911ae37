"""A high level takes two: one commander proposes, another one of the same agency approves."""

from collections.abc import Mapping
from typing import Any

from demo.agency import Agency
from demo.deploying import DEPLOYMENTS, Sent, arrive, on_scene
from demo.figures import shown
from demo.forces import RESERVE
from demo.levels import LEVELS, described
from demo.stage import Stage, at

ISSUER, PLACE, THREAT = "polda-banten", "36.73", "mass_unrest"
YES = {"decision": "approve", "reason": "Sesuai laporan lapangan. As the reports have it (fiktif)."}


def raise_level(stage: Stage, made: Sent) -> None:
    """Level 4 for the city of the provincial count: proposed, refused to its proposer, approved, answered."""
    stage.scene("16:30", "Tingkat 4 butuh dua komandan · Level 4 takes two commanders")
    commander = stage.post(ISSUER, "commander")
    grounds = [each["id"] for each in commander.every("/api/v1/incidents", region=PLACE)]
    effective(stage, stage["kpu-banten"])
    stage.inbox(stage.post(ISSUER, "commander2"))
    level = agreed(stage, {
        "region_code": PLACE, "category": THREAT, "level": 4, "basis": grounds, "valid_from": at("16:30"),
        "rationale": "Massa berkumpul setelah hasil ditolak. Crowds after a rejected count (fiktif).",
        "source": {"reliability": "b", "credibility": "2"},
    })  # fmt: skip
    effective(stage, stage["kpu-banten"])
    send_reserve(stage, made, level)


def agreed(stage: Stage, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A level that one commander proposes and another one approves; the proposer may not."""
    first, second = (stage.post(ISSUER, post) for post in ("commander", "commander2"))
    proposal: dict[str, Any] = first.send("POST", LEVELS, 202, json=wanted).json()
    waits = stage.labels["threat_level_proposal_status", proposal["status"]]
    stage.tell(first, f"mengusulkan/proposes {proposal['reference']}: {described(stage, proposal)}; {waits}")
    path = f"{LEVELS}/proposals/{proposal['id']}/decision"
    stage.refusal(first, first.refused("POST", path, 403, "forbidden", json=YES))
    waiting = [each for each in stage.inbox(second) if each["record_id"] == proposal["id"]]
    stage.expect(f"What waits for {second.name}", [each["path"] for each in waiting], [path])
    decided = second.send("POST", path, 200, json=YES).json()
    outcome = stage.labels["threat_level_proposal_status", decided["status"]]
    stage.tell(second, f"memutuskan/decides {decided['reference']}: {outcome}")
    stage.expect("What still waits", [each for each in stage.inbox(second) if each in waiting], [])
    return second.get(f"{LEVELS}/{decided['threat_level_id']}")


def effective(stage: Stage, agency: Agency) -> None:
    """What holds for a kecamatan of the city, and what each agency says: disagreement is shown."""
    district = agency.every("/api/v1/regions", parent=PLACE)[0]
    level = agency.get(f"{LEVELS}/{district['code']}/{THREAT}")
    above = f", dari/from {level['inherited_from']}" if level["inherited_from"] else ""
    stage.tell(agency, f"berlaku/holds at {district['name']} {described(stage, level)}{above}")
    for each in level["statements"]:
        stage.tell(agency, f"  {each['reference']} {each['owner_agency']}: {each['level']}")


def send_reserve(stage: Stage, made: Sent, level: Mapping[str, Any]) -> None:
    """The reserve that stands by at that place goes out for the level that was approved."""
    for posting, record in made:
        if posting.role == RESERVE and posting.region == PLACE:
            home, path = stage[posting.agency], f"{DEPLOYMENTS}/{record['id']}"
            home.get(path)
            home.patch(path, threat_level_id=level["id"])
            arrive(home, record)
            there = on_scene(home, record)
            status = stage.labels["deployment_status", there["status"]]
            told = f"{there['reference']} {there['home_unit']}: {shown(there['strength_present'])}, {status}"
            stage.tell(home, f"{told}, untuk/for {level['reference']}")
