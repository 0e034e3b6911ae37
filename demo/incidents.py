"""The small things of the day, from a file: each of a kind that was foretold or told."""

from demo.figures import Line, lines
from demo.stage import Stage, at, clock, marking


def happen(stage: Stage, since: str, until: str, title: str) -> None:
    """What the file has between two times of the day."""
    stage.scene(since, title)
    for line in lines("incidents.csv"):
        if since <= line["at"] < until:
            report(stage, line)


def report(stage: Stage, line: Line) -> None:
    """One report, told in one line."""
    agency = stage[line["agency"]]
    record = agency.report(
        title=line["title"], description=f"Contoh fiktif. A made-up example. Jenis/kind: {line['grounds']}.",
        kind=line["kind"], severity=line["severity"], region_code=line["region_code"],
        occurred_at=at(line["at"]), reported_at=at(line["at"]), tlp=line["tlp"],
        audience=line.codes("audience"), classification=line["classification"],
    )  # fmt: skip
    kind = stage.labels["incident_kind", record["kind"]]
    told = f"{clock(record['occurred_at'])} {record['reference']} {record['region_code']} {kind}"
    stage.tell(agency, f"{told}; {marking(record)}")
