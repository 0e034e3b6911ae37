"""What stands ready in one regency before anything happens: days to the vote, an order, a posture plan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from demo.stage import DAY, WIB, Stage, at

HOME, UNIT = "polda-banten", "polres-serang"
PLACE, DISTRICT = "36.04", "36.04.11"
THREAT, LEVEL = "mass_unrest", 4
# A week before, the day itself, and one on which the re-vote that a court had ordered lay ahead.
ASKED_ON = {DAY - timedelta(days=7): 7, DAY: 0, datetime(2025, 4, 1, tzinfo=WIB): 18}


def calendar(stage: Stage) -> None:
    """How many days it is to the vote, by the calendar that the commission keeps."""
    kpu = stage["kpu-banten"]
    for day, wanted in ASKED_ON.items():
        answer = kpu.get("/api/v1/elections/current", region=PLACE, at=day.isoformat())
        stage.expect(f"The days to the vote on {answer['on']}", answer["days_to_voting"], wanted)
        stage.tell(kpu, f"{answer['on']}: {wanted} hari ke pemungutan suara/days to voting")
        for each in answer["items"]:
            step = stage.labels["election_stage", each["stage"]] if each["stage"] else "-"
            again = each["election"]["revote_kind"]
            kind = stage.labels["revote_kind", again] if again else f"{each['election']['year']}"
            stage.tell(kpu, f"  {each['election']['name']} ({kind}): {step}")


def order(stage: Stage) -> None:
    """A Polres is put on the highest readiness: before the order none holds for it, then this one."""
    commander = stage.post(HOME, "commander")
    asked = {"unit": UNIT, "at": at("17:00")}
    earlier = commander.get("/api/v1/readiness", **asked)
    stage.expect(f"The readiness of {UNIT} before any order", earlier["level"], None)
    made = commander.create(
        "/api/v1/readiness/orders", number="FIKTIF/27/XI/2024", issued_on=f"{DAY:%Y-%m-%d}", level="siaga_1",
        units=[UNIT], region_code=PLACE, basis="Pengamanan penghitungan. Security of the count (fiktif).",
        strength_fraction="2/3", valid_from=at("07:00"), valid_until=at("48:00"),
    )  # fmt: skip
    holds = stage[HOME].get("/api/v1/readiness", **asked)
    stage.expect(f"The order that holds for {UNIT}", holds["order"]["id"], made["id"])
    level = stage.labels["readiness_level", holds["level"]]
    told = f"surat perintah/order {made['reference']} {made['number']}"
    stage.tell(commander, f"{told}: {UNIT} {level}, {made['strength_fraction']} kekuatan/strength")


def plan(stage: Stage) -> dict[str, Any]:
    """What shall be done once unrest is likely here; nothing of it moves without a person's decision."""
    commander = stage.post(HOME, "commander")
    made = commander.create(
        "/api/v1/posture-plans", name="Kesiapan kerusuhan di Kabupaten Serang (fiktif)",
        region_code=PLACE, category=THREAT, level=LEVEL,
        measures=[
            sent(UNIT, "pam_objek", 20), sent("satbrimob-polda-banten", "brimob_phh", 30),
            {"kind": "notification", "text": "Piket siaga di tempat. The watch stands by (fiktif)."},
        ],
    )  # fmt: skip
    steps: Sequence[dict[str, Any]] = made["measures"]
    told = ", ".join(stage.labels["posture_measure_kind", each["kind"]] for each in steps)
    level = stage.labels["threat_level", str(made["level"])]
    stage.tell(
        commander, f"rencana/plan {made['reference']} {made['region_code']} ≥ {LEVEL} ({level}): {told}"
    )
    return made


def sent(unit: str, role: str, strength: int) -> dict[str, Any]:
    """One measure of the plan."""
    return {
        "kind": "deployment", "home_unit": unit, "role": role, "strength_planned": strength, "hours": 48,
    }  # fmt: skip
