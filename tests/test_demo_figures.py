"""The figures of the demo: each with its source and day, adding up, and shared out without loss."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.seed import REFERENCE
from demo.figures import FOLDER, Figures, lines, share
from demo.told import KINDS

REGENCIES = ("36.01", "36.02", "36.03", "36.04", "36.71", "36.72", "36.73", "36.74")
DAY = re.compile(r"20\d\d-\d\d(-\d\d)?")


@pytest.mark.parametrize("name", ["figures.csv", "lent.csv"])
def test_every_figure_has_a_mark_a_source_and_a_day(name: str):
    for line in lines(name):
        assert line["mark"] in {"sourced", "inferred"}, line
        assert line["source"], line
        assert DAY.fullmatch(line["as_of"]), line
        assert line["mark"] == "sourced" or line["note"], line


@pytest.mark.parametrize("figure", ["voters", "tps"])
def test_the_regencies_and_cities_add_up_to_the_province(figure: str):
    figures = Figures.read()
    assert sum(figures[code, figure] for code in REGENCIES) == figures["36", figure]


def test_the_kinds_of_personnel_and_the_reserve_add_up():
    figures = Figures.read()
    assert sum(figures["polda-banten", kind] for kind in KINDS) == figures["polda-banten", "personnel"]
    reserve = [int(line["strength"]) for line in lines("lent.csv") if line["role"] == "reserve"]
    assert sum(reserve) == figures["polda-banten", "reserve"]


def test_the_files_name_units_and_regions_that_exist():
    known = set()
    for name in ("agencies.csv", "units.csv", "regions.csv"):
        text = [
            line for line in (REFERENCE / name).read_text("utf-8").splitlines() if not line.startswith("#")
        ]
        known |= {row["code"] for row in csv.DictReader(text)}
    for line in lines("lent.csv"):
        assert {line["home_unit"], line["controlling_unit"], line["region_code"]} - {""} <= known
    for line in lines("incidents.csv"):
        assert {line["agency"], line["region_code"], *line.codes("audience")} <= known
    assert set(Figures.read().of("tps")) <= known


def test_what_is_made_up_says_so():
    for name in ("levels.csv", "levels-november.csv", "levels-partners.csv"):
        assert all("fiktif" in line["rationale"] for line in lines(name))
    assert all("(fiktif)" in line["title"] for line in lines("incidents.csv"))
    assert {path.name for path in FOLDER.glob("*.csv")} <= set(
        re.findall(r"`(\S+\.csv)`", (FOLDER / "README.md").read_text("utf-8"))
    )


@given(st.integers(0, 10**6), st.dictionaries(st.text(max_size=3), st.integers(0, 10**4), min_size=1))
def test_a_total_is_shared_out_by_weight_without_loss(total: int, weights: dict[str, int]):
    if not sum(weights.values()):
        return
    shares = share(total, weights)
    assert sum(shares.values()) == total
    for key, weight in weights.items():
        assert abs(shares[key] - total * weight / sum(weights.values())) < 1
