"""A script of Polda Banten keeps its threat levels as a CSV file has them: an integration account."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.agency import SCRIPT, Agency, Unexpected
from demo.figures import Figures, Line, lines
from demo.stage import Stage

LEVELS = "/api/v1/threat-levels"
KEEPER = "polda-banten"
NEW, SAME = 201, 200


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a file, and where."""

    line: int
    column: str
    found: str

    def __str__(self) -> str:
        return (
            f"baris/line {self.line}, kolom/column {self.column}: {self.found!r} tidak dikenal/is not known"
        )


def keep(stage: Stage, figures: Figures) -> None:
    """The file of August twice, the one of November, and one with mistakes."""
    stage.title("Sinkronisasi tingkat ancaman dari CSV · Threat levels kept from a CSV file")
    script, facts = stage.post(KEEPER, SCRIPT), figures.about(KEEPER)
    count = len(list(lines("levels.csv")))
    for name, wanted in (
        ("levels.csv", {NEW: count}),
        ("levels.csv", {SAME: count}),
        ("levels-november.csv", {NEW: 1, SAME: count - 1}),
    ):
        before = stage.ledger_size()
        outcomes = sync(stage, script, name, facts)
        entries = stage.ledger_size() - before
        told = f"{outcomes[NEW]} baru/new, {outcomes[SAME]} tetap/unchanged; {entries} entri/entries"
        stage.tell(script, f"{name}: {told}")
        stage.expect(f"The outcome of {name}", dict(outcomes), wanted)
        if NEW not in wanted:
            stage.expect(f"The entries of {name}, unchanged", entries, 0)
    refuse(stage, script, "levels-wrong.csv", facts)
    for line in lines("levels-partners.csv"):
        state(stage, line)


def sync(stage: Stage, script: Agency, name: str, facts: Mapping[str, int]) -> Counter[int]:
    """State every line; what stands so already changes nothing."""
    outcomes: Counter[int] = Counter()
    for line in stage.progress(list(lines(name)), name):
        path = f"{LEVELS}/{line['region_code']}/{line['category']}"
        answer = script.put(path, wish(line, facts), {NEW, SAME})
        outcomes[answer.status_code] += 1
    return outcomes


def wish(line: Line, facts: Mapping[str, int]) -> dict[str, Any]:
    """What a line wants to hold."""
    return {
        "level": int(line["level"]),
        "rationale": line["rationale"].format_map(facts),
        "source": {"reliability": line["reliability"], "credibility": line["credibility"]},
        "valid_from": line["valid_from"],
    }


def mistakes(stage: Stage, script: Agency, checked: Sequence[Line]) -> list[Mistake]:
    """Every code that the service does not know; a script asks before it changes anything."""
    vocabularies = (
        ("category", "threat_category"), ("level", "threat_level"),
        ("reliability", "source_reliability"), ("credibility", "source_credibility"),
    )  # fmt: skip
    known = {
        region: script.knows(f"/api/v1/regions/{region}")
        for region in {line["region_code"] for line in checked}
    }
    found = []
    for line in checked:
        if not known[line["region_code"]]:
            found.append(Mistake(line.number, "region_code", line["region_code"]))
        found += [
            Mistake(line.number, column, line[column])
            for column, vocabulary in vocabularies
            if (vocabulary, line[column]) not in stage.labels
        ]
    return found


def refuse(stage: Stage, script: Agency, name: str, facts: Mapping[str, int]) -> None:
    """A file with mistakes: each is named with line and column, and nothing of the file is sent."""
    before, checked = stage.ledger_size(), list(lines(name))
    found = mistakes(stage, script, checked)
    for mistake in found:
        stage.tell(script, f"{name}: {mistake}")
    if not found:
        raise Unexpected(f"Nothing is found to be wrong in {name}")
    wrong = next(line for line in checked if line.number == found[-1].line)
    path = f"{LEVELS}/{wrong['region_code']}/{wrong['category']}"
    stage.refusal(script, script.refused("PUT", path, 422, "invalid", json=wish(wrong, facts)))
    entries = stage.ledger_size() - before
    stage.expect(f"Entries after {name}", entries, 0)
    stage.tell(script, f"{name}: tidak dikirim/not sent; {entries} entri/entries")


def state(stage: Stage, line: Line) -> None:
    """What another agency holds: it stands beside the others, and nothing is overwritten."""
    agency = stage[line["agency"]]
    level = agency.create(
        LEVELS, region_code=line["region_code"], category=line["category"], tlp=line["tlp"],
        audience=line.codes("audience"), **wish(line, {}),
    )  # fmt: skip
    stage.tell(agency, described(stage, level))


def described(stage: Stage, level: Mapping[str, Any]) -> str:
    """A statement, a proposal or an effective level in one line."""
    scale = stage.labels["threat_level", str(level["level"])] if level["level"] else "-"
    threat = stage.labels["threat_category", level["category"]]
    return f"{level['region_code']} {threat}: {level['level']} ({scale})"
