"""One regency from a raised level to a closed incident; its deployments are of now, as a situation is."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from demo import approval, prepared, sites
from demo.agency import INCIDENTS, Unexpected
from demo.deploying import DEPLOYMENTS, arrive, on_scene
from demo.prepared import DISTRICT, HOME, LEVEL, PLACE, THREAT, UNIT
from demo.sites import MARKET, OPERATION
from demo.stage import Stage, at, marking

HELPER, LENT, GOVERNMENT = "korem-064", "kodim-0602-serang", "pemkab-serang"
ACTIVATIONS, ASSISTANCE = "/api/v1/posture-activations", "/api/v1/assistance-requests"
PATIENCE, BETWEEN = 60.0, 0.5  # seconds; the clock of the server looks every few of them
WANTED, GIVEN = 60, 40
EVERY = 60  # minutes between two check-ins
Record = dict[str, Any]
# What the commander makes of each draft of the plan, in its order.
DECISIONS = (
    ("carry_out", "Ke dua TPS. To the two polling stations (fiktif)."),
    ("drop", "Brimob tetap di Kota Serang. The riot police stay in the city (fiktif)."),
    ("carry_out", "Disampaikan lewat radio. Told over the radio (fiktif)."),
)


def play(stage: Stage) -> None:
    """Each scene goes on from what the one before it has made."""
    stage.scene("17:00", "Kabupaten Serang: yang sudah disiapkan · What stands ready in one regency")
    prepared.calendar(stage)
    prepared.order(stage)
    watched, plan = sites.register_all(stage), prepared.plan(stage)
    before = situation(stage)
    activation = rise(stage, plan, watched[0])
    sent = carry_out(stage, activation, watched)
    asked = ask(stage)
    report = happen(stage, sent)
    # Guards for both polling stations, and the people of two agencies, of whom one is lent.
    present = sent["strength_planned"] + GIVEN
    during = before | {"level": LEVEL, "incidents": before["incidents"] + 1, "very_vulnerable": 1}
    during |= {"unguarded": 0, "police_gap": 0, "present": before["present"] + present}
    stage.expect("The situation while it lasts", situation(stage), during)
    end(stage, report, sent, asked)
    stage.expect("The situation after it", situation(stage), during | {"incidents": before["incidents"]})
    sites.patrol(stage, watched[0])


def situation(stage: Stage) -> dict[str, int]:
    """How the regency stands now in one answer: level, open incidents, sites, their coverage, personnel."""
    home = stage[HOME]
    found = home.get("/api/v1/situation", region=PLACE)
    stage.expect("What is left out of the situation", found["left_out"], [])
    stage.expect("Overdue check-ins", found["check_ins"]["overdue"], 0)
    coverage = found["coverage"]
    stage.expect("The operation of its coverage", coverage["operation"], OPERATION)
    levels = {each["category"]: each["level"] for each in found["threat_levels"]["items"]}
    risks = {each["risk"]: each["sites"] for each in found["sites"]["items"]}
    numbers = {
        "level": levels[THREAT], "incidents": found["incidents"]["incidents"],
        "very_vulnerable": risks.get("sangat_rawan", 0), "unguarded": coverage["unguarded"],
        "police_gap": coverage["police_gap"], "present": found["deployments"]["strength_present"],
    }  # fmt: skip
    threat = stage.labels["threat_category", THREAT]
    stage.tell(home, f"situasi kini/situation now {PLACE}: {threat} {levels[THREAT]}")
    told = f"kejadian terbuka/open incidents {numbers['incidents']}, hadir/present {numbers['present']}"
    stage.tell(home, f"  {told}")
    told = f"TPS: {numbers['very_vulnerable']} sangat rawan/very vulnerable"
    told = f"{told}, {numbers['unguarded']} tanpa penjaga/unguarded"
    stage.tell(home, f"  {told}; polisi kurang/police missing {numbers['police_gap']}")
    return numbers


def rise(stage: Stage, plan: Record, site: Record) -> Record:
    """A supervisor judges a site anew, two commanders raise the level, and the plan makes drafts."""
    stage.scene("17:30", "Tingkat naik, rencana menyala · The level rises, the plan comes to life")
    sites.assess(stage, site)
    level = approval.agreed(stage, {
        "region_code": PLACE, "category": THREAT, "level": LEVEL, "valid_from": at("17:30"),
        "rationale": "Massa bergerak dari desa ke desa. Crowds move between villages (fiktif).",
        "source": {"reliability": "b", "credibility": "2"},
    })  # fmt: skip
    activation = drafted(stage, level)
    stage.expect("The plan of the drafts", activation["plan_id"], plan["id"])
    stage.expect("What moved by itself", activation["deployment_ids"], [])
    return activation


def drafted(stage: Stage, level: Record) -> Record:
    """What the clock of the server has made of the plan; nobody asks it to, so this waits."""
    commander, began = stage.post(HOME, "commander"), time.monotonic()
    while time.monotonic() < began + PATIENCE:
        stage.server.check()
        for found in commander.every(ACTIVATIONS):
            if found["threat_level_id"] == level["id"]:
                told = f"jam server/clock of the server: {found['reference']} ← {level['reference']}"
                stage.tell(commander, f"{told}; {len(found['drafts'])} rancangan/drafts")
                return found
        time.sleep(BETWEEN)
    raise Unexpected(f"The clock has made no drafts for {level['reference']} within {PATIENCE:.0f} seconds")


def carry_out(stage: Stage, activation: Record, watched: list[Record]) -> Record:
    """A commander decides each draft; what is carried out goes to the sites and stands there."""
    decide(stage, activation)
    home, commander = stage[HOME], stage.post(HOME, "commander")
    (made,) = commander.get(f"{ACTIVATIONS}/{activation['id']}")["deployment_ids"]
    path = f"{DEPLOYMENTS}/{made}"
    record = home.get(path)
    stage.expect("What it is for", record["threat_level_id"], activation["threat_level_id"])
    home.patch(path, site_ids=[each["id"] for each in watched])
    home.move(path, "committed", "Sesuai rencana. As planned (fiktif).")
    arrive(home, record)
    return stands(stage, on_scene(home, record))


def decide(stage: Stage, activation: Record) -> None:
    """Carry out or drop, each with a reason; what waited in the inbox waits no more."""
    commander, path = stage.post(HOME, "commander"), f"{ACTIVATIONS}/{activation['id']}"
    waiting = [each for each in stage.inbox(commander) if each["record_id"] == activation["id"]]
    stage.expect(f"What waits for {commander.name}", [each["path"] for each in waiting], [path])
    for draft, (decision, reason) in zip(activation["drafts"], DECISIONS, strict=True):
        stage.expect("What is missing for a draft", draft["shortfall"], None)
        wanted = {"decision": decision, "reason": reason}
        there = commander.send("POST", f"{path}/drafts/{draft['number']}/decision", 200, json=wanted).json()
        now = there["drafts"][draft["number"] - 1]
        kind = stage.labels["posture_measure_kind", now["measure"]["kind"]]
        what = now["measure"].get("home_unit") or now["measure"]["text"]
        state = stage.labels["posture_draft_state", now["state"]]
        stage.tell(commander, f"  {now['number']} {kind}: {what} → {state}")
        stage.tell(commander, f"    {now['reason']}")
    states = [each["state"] for each in there["drafts"]]
    stage.expect("What became of the drafts", states, ["carried_out", "dropped", "carried_out"])
    stage.expect("Whether anything waits", there["status"], "closed")
    stage.expect("What still waits", [each for each in stage.inbox(commander) if each in waiting], [])


def stands(stage: Stage, record: Record) -> Record:
    """A deployment that has come to its place, told in one line."""
    stage.expect("Its status", record["status"], "on_scene")
    status = stage.labels["deployment_status", record["status"]]
    command = stage.labels["command_relation", record["command_relation"]]
    told = f"{record['reference']} {record['home_unit']}: {record['strength_present']}, {status}"
    stage.tell(stage[record["owner_agency"]], f"{told}; {record['controlling_unit']}: {command}")
    return record


def ask(stage: Stage) -> Record:
    """Others are asked for people, and send some of them: who asked commands, who sends checks in."""
    stage.scene("18:00", "Minta bantuan · Assistance is asked for")
    home, helper, now = stage[HOME], stage[HELPER], datetime.now(UTC)
    asked = home.create(
        ASSISTANCE, kind="crowd_control", quantity=WANTED, priority="segera", bases=["tni_polri_agreement"],
        addressed=[HELPER], controlling_unit=UNIT, region_code=DISTRICT,
        note="Penyekatan di pasar. To cordon off the market (fiktif).", starts_at=now.isoformat(),
        ends_at=(now + timedelta(days=2)).isoformat(), answer_by=(now + timedelta(hours=1)).isoformat(),
    )  # fmt: skip
    path = f"{ASSISTANCE}/{asked['id']}"
    kind = stage.labels["assistance_kind", asked["kind"]]
    stage.tell(home, f"minta/asks {asked['reference']}: {asked['quantity']}, {kind} → {HELPER}")
    answer = helper.create(f"{path}/answers", kind="accept", quantity=GIVEN, home_unit=LENT)
    there = home.get(path)
    stage.expect("Accepted and left", (there["accepted_count"], there["left_count"]), (GIVEN, WANTED - GIVEN))
    says = stage.labels["assistance_answer_kind", answer["kind"]]
    counts = f"{there['accepted_count']} dari/of {there['quantity']}, kurang/left {there['left_count']}"
    stage.tell(helper, f"menjawab/answers {answer['reference']}: {says}; {counts}")
    come(stage, helper.get(f"{DEPLOYMENTS}/{answer['deployment_id']}"))
    stage.expect("Who of them is there", home.get(path)["present_count"], GIVEN)
    return there


def come(stage: Stage, record: Record) -> None:
    """They set out by order of their own agency, arrive under who asked for them, and tell where they are."""
    home, helper, path = stage[HOME], stage[HELPER], f"{DEPLOYMENTS}/{record['id']}"
    home.get(path)
    home.patch(path, check_in_minutes=EVERY)
    arrive(helper, record)
    stands(stage, on_scene(home, record))
    said = helper.create(f"{path}/check-ins", geometry=MARKET, accuracy_meters=25)
    shown = home.get(path)
    came, due = (datetime.fromisoformat(shown[name]) for name in ("checked_in_at", "check_in_due_at"))
    stage.expect("The newest check-in", came, datetime.fromisoformat(said["checked_in_at"]))
    stage.expect("When the next is due", due - came, timedelta(minutes=EVERY))
    where = ", ".join(f"{each}" for each in said["geometry"]["coordinates"])
    stage.tell(helper, f"lapor posisi/check-in {where}; berikutnya/next ≤ {EVERY} menit/minutes")


def happen(stage: Stage, sent: Record) -> Record:
    """An incident where they stand; two agencies shall say that they have seen it, and one does."""
    stage.scene("19:10", "Kerumunan di pasar · A crowd at the market")
    home, helper = stage[HOME], stage[HELPER]
    record = home.report(
        title="Kerumunan di pasar Kragilan (fiktif)", description="Contoh fiktif. A made-up example.",
        kind="mass_protest_disorderly", severity="moderate", region_code=DISTRICT, occurred_at=at("19:10"),
        tlp="AMBER", audience=[HELPER, GOVERNMENT], lead_agency=HOME, geometry=MARKET,
    )  # fmt: skip
    stage.reported(home, record)
    path = f"{INCIDENTS}/{record['id']}"
    asked = home.create(
        f"{path}/acknowledgement-requests",
        agencies=[HELPER, GOVERNMENT],
        note="Mohon dibaca. Please read (fiktif).",
    )
    minutes = asked["within_seconds"] // 60
    stage.tell(home, f"minta konfirmasi/asks to acknowledge: {HELPER}, {GOVERNMENT}; {minutes} menit/minutes")
    waiting = [each for each in stage.inbox(helper) if each["record_id"] == record["id"]]
    stage.expect(f"What waits for {HELPER}", [each["path"] for each in waiting], [f"{path}/acknowledgements"])
    note = "Diterima, satu peleton bergeser. Seen, a platoon moves (fiktif)."
    helper.send("POST", f"{path}/acknowledgements", 200, json={"note": note})
    words = {each["agency"]: each["status"] for each in home.every(f"{path}/acknowledgements")}
    stage.expect("Who has seen it", words, {HELPER: "acknowledged", GOVERNMENT: "waiting"})
    for code, status in words.items():
        stage.tell(
            stage[code], f"konfirmasi/acknowledgement: {stage.labels['acknowledgement_status', status]}"
        )
    task(stage, sent, record)
    for status in ("verified", "responding", "contained"):
        step(stage, record, status)
    return record


def task(stage: Stage, sent: Record, record: Record) -> None:
    """Who stands there is assigned to the incident."""
    home, path = stage[HOME], f"{DEPLOYMENTS}/{sent['id']}"
    home.get(path)
    home.patch(path, incident_id=record["id"])
    there = home.move(path, "assigned", "Menghalau kerumunan. To disperse the crowd (fiktif).")
    found = [each["id"] for each in home.every(DEPLOYMENTS, incident_id=record["id"])]
    stage.expect("Who is sent to the incident", found, [sent["id"]])
    status = stage.labels["deployment_status", there["status"]]
    stage.tell(home, f"{there['reference']} → {record['reference']} {marking(record)}: {status}")


def step(stage: Stage, record: Mapping[str, Any], status: str) -> None:
    """The next status of the incident."""
    home = stage[HOME]
    now = home.step(record["id"], status, "Perkembangan lapangan. As it went in the field (fiktif).")
    stage.expect("The status of the incident", now["status"], status)
    stage.tell(home, f"langkah/step {now['reference']}: {stage.status(now)}")


def end(stage: Stage, record: Record, sent: Record, asked: Record) -> None:
    """The incident is closed, the guards go back to their sites, and no more people are asked for."""
    stage.scene("20:30", "Terkendali, lalu ditutup · Contained, then closed")
    home = stage[HOME]
    for status in ("resolved", "closed"):
        step(stage, record, status)
    back = home.move(
        f"{DEPLOYMENTS}/{sent['id']}", "on_scene", "Kembali ke TPS. Back to the stations (fiktif)."
    )
    stands(stage, back)
    done = home.move(f"{ASSISTANCE}/{asked['id']}", "closed", "Sudah cukup. They are enough (fiktif).")
    status = stage.labels["assistance_status", done["status"]]
    stage.tell(home, f"{done['reference']} {done['accepted_count']} dari/of {done['quantity']}: {status}")
