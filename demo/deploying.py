"""The eve and the morning: units state their strength, are sent under their commands, and stand in place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from demo.agency import Agency
from demo.figures import Figures, shown
from demo.forces import COORDINATOR, GUARD, RESERVE, Posting, audience
from demo.sectors import Area
from demo.stage import DAY, NAMES, Stage

DEPLOYMENTS = "/api/v1/deployments"
STARTS, ENDS = DAY - timedelta(hours=18), DAY + timedelta(hours=42)
WINDOW = {"starts_at": STARTS.isoformat(), "ends_at": ENDS.isoformat()}
ORDER = "Surat perintah sudah terbit. The order is out (fiktif)."
Sent = list[tuple[Posting, dict[str, Any]]]


def send(stage: Stage, figures: Figures, sent: Sequence[Posting], areas: Sequence[Area]) -> Sent:
    """State the strength of every unit, then commit all; a unit cannot be promised twice."""
    stage.title("Malam sebelumnya: kekuatan dan penugasan · The eve: strengths and deployments")
    state_strengths(stage, figures, sent)
    government = {each.region: each.government for each in areas}
    orders = [(each, body(stage, each, government)) for each in sent]
    at_once = [each for each in orders if each[0].role != RESERVE]
    made = [commit(stage, *order) for order in stage.progress(at_once, "penugasan/deployments")]
    overcommit(stage, sent)
    made += [commit(stage, *order) for order in orders if order[0].role == RESERVE]
    show(stage, made)
    return made


def commit(stage: Stage, posting: Posting, order: dict[str, Any]) -> tuple[Posting, dict[str, Any]]:
    """The home agency commits people of a unit; with what the API answers."""
    return posting, stage[posting.agency].create(DEPLOYMENTS, **order)


def state_strengths(stage: Stage, figures: Figures, sent: Sequence[Posting]) -> None:
    """Each agency states what its units have: as many as are sent, for more is not known."""
    strengths: Counter[str] = Counter()
    for each in sent:
        strengths[each.unit] += each.strength
    first = {each.unit: each for each in reversed(sent)}
    for unit in stage.progress(sorted(strengths), "kekuatan satuan/strengths of units"):
        one = first[unit]
        told = figures.told[one.partner or one.agency, stage.about[one.agency]["kind"]]
        statement = {
            "strength": strengths[unit], "region_code": one.region, "as_of": told.as_of,
            "source": f"Dibagi menurut aturan demo/data/README.md; total: {told.source}",
        }  # fmt: skip
        stage[one.agency].send("PUT", f"/api/v1/units/{unit}/strength", 200, json=statement)


def body(stage: Stage, posting: Posting, government: Mapping[str, str]) -> dict[str, Any]:
    """A posting as the API takes it."""
    facts: dict[str, Any] = {
        "home_unit": posting.unit, "role": posting.role, "strength_planned": posting.strength,
        "region_code": posting.region, "command_relation": posting.command_relation,
        "status": "committed", **WINDOW,
    }  # fmt: skip
    if posting.commander:
        facts["controlling_unit"] = posting.commander
    elif posting.partner:
        facts["controlling_agency"] = posting.partner
    if posting.role == GUARD:
        facts |= {"tlp": "AMBER", "audience": audience(stage, posting, government)}
    return facts


def overcommit(stage: Stage, sent: Sequence[Posting]) -> None:
    """The same people cannot be lent to two Polres at once: the refusal says how many are left."""
    lent = next(each for each in sent if each.command_relation == "bko" and each.role != GUARD)
    other = next(each for each in sent if each.agency == lent.agency and each.unit not in {
        lent.unit, lent.commander})  # fmt: skip
    wanted = body(stage, lent, {}) | {"controlling_unit": other.unit, "region_code": other.region}
    agency = stage[lent.agency]
    told = f"{lent.unit} → {other.unit}: {shown(lent.strength)}, sekaligus/at once {lent.commander}"
    stage.tell(agency, told)
    stage.refusal(agency, agency.refused("POST", DEPLOYMENTS, 409, "conflict", json=wanted))


def show(stage: Stage, made: Sent) -> None:
    """Who was sent by whom, as the API answers it; and each who acts under another command."""
    totals: dict[str, Counter[str]] = {}
    for _, record in made:
        units = totals.setdefault(record["owner_agency"], Counter())
        units[record["home_unit"]] += record["strength_planned"]
    for code, units in totals.items():
        for unit, strength in sorted(units.items()):
            stage.tell(stage[code], f"{unit:<34} {shown(strength):>6}")
    stage.tell(stage[COORDINATOR], f"angka per satuan/figures per unit: {Posting.origin}; kecuali/except")
    for posting, record in made:
        if posting.origin != Posting.origin:
            told = f"{record['command_relation']} → {record['controlling_unit']}, {record['role']}"
            told = f"{record['home_unit']} {shown(record['strength_planned'])} {told}"
            stage.tell(stage[record["owner_agency"]], f"{record['reference']} {told} · {posting.origin}")


def roll_call(stage: Stage, made: Sent) -> None:
    """All but the reserve stand in place; where command has passed, whoever has it says so."""
    stage.scene("06:00", "Apel di TPS · Roll call at the polling stations")
    present = 0
    for posting, record in stage.progress(
        [each for each in made if each[0].role != RESERVE], "apel/roll call"
    ):
        arrive(stage[posting.agency], record)
        passed = posting.command_relation == "perbantuan_tni" and posting.partner
        field = stage[posting.partner] if passed and posting.partner else stage[posting.agency]
        there = on_scene(field, record)
        present += there["strength_present"]
    print(f"  {'hadir/present':<{NAMES}} {shown(present)}", flush=True)


def arrive(home: Agency, record: Mapping[str, Any]) -> None:
    """The home agency sends them on their way."""
    for status in ("mobilizing", "en_route"):
        home.move(f"{DEPLOYMENTS}/{record['id']}", status, ORDER)


def on_scene(field: Agency, record: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever commands in the field says that all are there."""
    path = f"{DEPLOYMENTS}/{record['id']}"
    return field.move(
        path, "on_scene", "Apel. Roll call (fiktif).", strength_present=record["strength_planned"]
    )
