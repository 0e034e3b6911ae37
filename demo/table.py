"""The closing tables: what each agency sees, as each agency's own answers tell it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from demo.agency import INCIDENTS, Agency
from demo.deploying import DEPLOYMENTS
from demo.figures import Figures, shown
from demo.forces import COORDINATOR, GUARD
from demo.levels import LEVELS
from demo.stage import NAMES, PROVINCE, Stage, at, clock, marking
from demo.told import KINDS

NOON = at("12:00")
LEGEND = (
    "O pemilik/owner · L memimpin/leads · A ditugasi/assigned · V mengetahui/knows of it · "
    "- tidak ada baginya/does not exist for it"
)
COLUMNS = ("tingkat/levels", "penugasan/sent", "personel")


def relation(agency: str, record: Mapping[str, Any]) -> str:
    """How an agency stands to a record that it sees."""
    held = (
        ("O", record["owner_agency"] == agency),
        ("L", record["lead_agency"] == agency),
        ("A", agency in record["assigned_agencies"]),
    )
    return "".join(letter for letter, holds in held if holds) or "V"


def seen_by(agency: Agency) -> dict[str, dict[str, Any]]:
    """The agency's list of incidents, by reference."""
    return {record["reference"]: record for record in agency.every(INCIDENTS)}


def counts(agency: Agency) -> list[int]:
    """The levels in force, and of noon the deployments and personnel, as far as the agency knows of them."""
    return [
        len(agency.every(LEVELS, status="in_force")),
        len(agency.every(DEPLOYMENTS, active_at=NOON)),
        summary(agency, by="agency")["strength_planned"],
    ]


def summary(agency: Agency, **asked: Any) -> dict[str, Any]:
    """The strength of the day, of what the agency may know of."""
    return agency.get("/api/v1/deployment-strength", at=NOON, **asked)


def show(stage: Stage) -> None:
    """Ask every agency for all that it sees, and set the answers side by side."""
    lists = {code: seen_by(agency) for code, agency in stage.agencies.items()}
    records = {reference: record for each in lists.values() for reference, record in each.items()}
    numbered = sorted(records, key=lambda reference: str(records[reference]["id"]))
    stage.title("Yang dilihat tiap lembaga · What each agency sees")
    for number, reference in enumerate(numbered, start=1):
        record = records[reference]
        print(f"  {number:>2} {reference} {record['status']:<10} {record['title']} · {marking(record)}")
    head = "".join(f"{number:>4}" for number in range(1, len(numbered) + 1))
    print(f"\n  {'':<{NAMES}}{head}  {'  '.join(COLUMNS)}")
    for code, found in lists.items():
        cells = [relation(code, found[each]) if each in found else "-" for each in numbered]
        told = zip(COLUMNS, counts(stage[code]), strict=True)
        tail = "  ".join(f"{shown(count):>{len(column)}}" for column, count in told)
        print(f"  {code:<{NAMES}}{''.join(f'{cell:>4}' for cell in cells)}  {tail}")
    print(f"\n  {LEGEND}", flush=True)


def strength(stage: Stage, figures: Figures) -> None:
    """Guards by regency and kind of agency, and by Polda: they add up to what was told."""
    time = clock(NOON)
    stage.title(f"Penjaga TPS {time} menurut {COORDINATOR} · Guards at {time} as {COORDINATOR} sees them")
    found = summary(
        stage[COORDINATOR], by=["region", "agency", "controlling_agency", "role"], region=PROVINCE
    )
    guards = [each for each in found["items"] if each["role"] == GUARD]
    names = {
        each["code"]: each["name"] for each in stage[COORDINATOR].every("/api/v1/regions", parent=PROVINCE)
    }
    kinds = [stage.labels["agency_kind", kind] for kind in KINDS]
    for titles in zip(
        *(each.split(" / ") for each in (*kinds, "jumlah / sum", "hadir / present")), strict=True
    ):
        print(f"  {'':<{NAMES}}" + "".join(f"{each:>18}" for each in titles))
    for region, name in names.items():
        row(f"{region} {name}", stage, [each for each in guards if each["region_code"] == region])
    for polda in sorted({each["controlling_agency"] for each in guards}):
        led = [each for each in guards if each["controlling_agency"] == polda]
        row(polda, stage, led)
    row(f"{PROVINCE} jumlah/sum", stage, guards)
    border(stage, guards)
    told = {kind: figures["polda-banten", kind] for kind in KINDS}
    own = [each for each in guards if each["controlling_agency"] == "polda-banten"]
    stage.expect("The guards led by polda-banten", dict(by_kind(stage, own)), told)


def border(stage: Stage, guards: list[dict[str, Any]]) -> None:
    """Where two Polda meet, each knows of its own, and the government of the place of all."""
    leading: dict[str, set[str]] = {}
    for each in guards:
        leading.setdefault(each["region_code"], set()).add(each["controlling_agency"])
    for region in (code for code, agencies in leading.items() if len(agencies) > 1):
        senders = {each["agency"] for each in guards if each["region_code"] == region}
        for code in sorted(senders):
            seen = summary(stage[code], region=region)["strength_planned"]
            stage.tell(stage[code], f"{region}: melihat/sees {shown(seen)}")


def by_kind(stage: Stage, groups: list[dict[str, Any]]) -> Counter[str]:
    """Planned personnel by the kind of their agency."""
    found: Counter[str] = Counter()
    for each in groups:
        found[stage.about[each["agency"]]["kind"]] += each["strength_planned"]
    return found


def row(title: str, stage: Stage, groups: list[dict[str, Any]]) -> None:
    """One line of the table of strength."""
    found = by_kind(stage, groups)
    cells = [
        *(found[kind] for kind in KINDS),
        sum(found.values()),
        sum(each["strength_present"] for each in groups),
    ]
    print(f"  {title:<{NAMES}}" + "".join(f"{shown(cell):>18}" for cell in cells), flush=True)
