"""The closing table: what each agency sees, as each agency's own list tells it."""

from collections.abc import Mapping
from typing import Any

from demo.agency import Agency
from demo.stage import Stage, marking

LEGEND = (
    "O pemilik/owner · L memimpin/leads · A ditugasi/assigned · V mengetahui/knows of it · "
    "- tidak ada baginya/does not exist for it"
)


def relation(agency: str, record: Mapping[str, Any]) -> str:
    """How an agency stands to a record that it sees."""
    held = (
        ("O", record["owner_agency"] == agency),
        ("L", record["lead_agency"] == agency),
        ("A", agency in record["assigned_agencies"]),
    )
    return "".join(letter for letter, holds in held if holds) or "V"


def seen_by(agency: Agency) -> dict[str, dict[str, Any]]:
    """The agency's list, by reference."""
    return {record["reference"]: record for record in agency.incidents()}


def show(stage: Stage) -> None:
    """Ask every agency for its list, and set the lists side by side."""
    lists = {code: seen_by(agency) for code, agency in stage.agencies.items()}
    records = {reference: record for each in lists.values() for reference, record in each.items()}
    columns = sorted(records, key=lambda reference: str(records[reference]["id"]))
    stage.title("Yang dilihat tiap lembaga · What each agency sees")
    for reference in columns:
        record = records[reference]
        print(f"  {reference}  {record['status']:<10} {marking(record)}\n{'':14}{record['title']}")
    print(f"\n  {'':<26}{'  '.join(columns)}")
    for code, found in lists.items():
        cells = [relation(code, found[each]) if each in found else "-" for each in columns]
        print(f"  {code:<26}{''.join(f'{cell:<13}' for cell in cells)}".rstrip())
    print(f"\n  {LEGEND}", flush=True)
