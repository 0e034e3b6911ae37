"""Tables as spreadsheets save them: read with their local ways, refused by line and column, never run."""

import csv
import io
from typing import Any

import pytest

from app.formats.spreadsheets import FORMULA, plain, shielded, table
from tests.support.bulk import key, outcomes, send_text
from tests.support.calls import OPERATOR, get, ledger_size, refused
from tests.support.deployments import DEPLOYMENTS, deploy, window
from tests.support.service import Service
from tests.support.threats import LEVELS, WHY, spot

CSV = "text/csv"
HEADING = ("region_code", "category", "level", "rationale", "source.reliability", "tlp", "audience")


def sheet(*lines: Any, heading: Any = HEADING, delimiter: str = ",", end: str = "\r\n") -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerows([heading, *lines])
    return written.getvalue()


def line(value: Any = 2, **more: str) -> list[Any]:
    at = spot()
    said = {"region_code": at.region, "category": at.category, "level": value, "rationale": WHY, **more}
    return [said.get(name, "") for name in HEADING]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
async def test_a_table_is_read_as_spreadsheets_save_it(
    service: Service, delimiter: str, start: str, end: str
):
    shared = line(**{"source.reliability": "b", "tlp": "AMBER", "audience": "kpu-banten, bawaslu-banten"})
    text = start + sheet(line(), shared, delimiter=delimiter, end=end)
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV)
    assert outcomes(answer) == [(201, "created")] * 2
    told = answer.json()["items"][1]
    assert told["line"] == 3
    made = (await get(service, OPERATOR, f"{LEVELS}/{told['id']}")).json()
    assert made["audience"] == ["kpu-banten", "bawaslu-banten"]
    assert made["source"] == {"reliability": "b", "credibility": "6"}


async def test_what_excel_leaves_behind_is_passed_over(service: Service):
    heading = [*HEADING, "", ""]
    text = "sep=;\r\n" + sheet([*line(), "", ""], [""] * 9, [*line(), "", ""], heading=heading, delimiter=";")
    answer = await send_text(service, OPERATOR, "threat-levels", text + ";;;;;;;;\r\n", CSV)
    assert outcomes(answer) == [(201, "created")] * 2
    assert [each["line"] for each in answer.json()["items"]] == [3, 5]


async def test_a_cell_of_several_lines_is_one_cell(service: Service):
    text = sheet([*line()[:3], 'Baris satu.\nBaris "dua" (fiktif).', "", "", ""], line())
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV)
    assert [each["line"] for each in answer.json()["items"]] == [2, 4]


async def test_an_error_names_line_and_column(service: Service):
    text = sheet(line(), line("9"), line("2.000"), line("dua"), line(tlp="BIRU"), [*line(), "lebih"])
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV)
    assert [each[0] for each in outcomes(answer)] == [201, 422, 422, 422, 422, 422]
    items = answer.json()["items"]
    wrong = [[error["column"] for error in each["problem"]["errors"]] for each in items[1:]]
    assert wrong == [["level"], ["level"], ["level"], ["tlp"], [None]]
    assert [each["line"] for each in items] == [2, 3, 4, 5, 6, 7]


async def test_a_nested_field_is_named_by_its_heading(service: Service):
    text = sheet(line(**{"source.reliability": "z"}))
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV)
    [error] = answer.json()["items"][0]["problem"]["errors"]
    assert (error["pointer"], error["column"]) == ("/source/reliability", "source.reliability")


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (["region_code", "tingkat"], "column 2"),
        (["level", "level"], "column 2"),
        (["", "level"], "column 1"),
        (["=1+1"], "column 1"),
        ([], "first line"),
    ],
)
async def test_headings_that_say_nothing_are_refused_as_a_whole(
    service: Service, heading: list[str], told: str
):
    size = await ledger_size(service)
    answer = await send_text(service, OPERATOR, "threat-levels", sheet(line(), heading=heading), CSV)
    refused(answer, 422, "invalid", "")
    assert told in answer.json()["errors"][0]["detail"]
    assert await ledger_size(service) == size


async def test_quotes_that_do_not_match_are_refused_with_their_line(service: Service):
    answer = await send_text(service, OPERATOR, "threat-levels", sheet(line()) + '"ab"c,d\r\n', CSV)
    refused(answer, 422, "invalid", "")
    assert "Line 3" in answer.json()["errors"][0]["detail"]


async def test_another_encoding_is_refused_with_what_to_do(service: Service):
    for text in (sheet(line()).encode("utf-16"), sheet(["é"]).encode("latin-1")):
        answer = await send_text(service, OPERATOR, "threat-levels", text, CSV)
        refused(answer, 422, "invalid", "")
        assert "UTF-8" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(("language", "word"), [("id", "Baris 1, kolom 1"), ("en", "Line 1, column 1")])
async def test_a_table_is_refused_in_the_language_of_its_sender(service: Service, language: str, word: str):
    text = sheet(["x"], heading=["tingkat"])
    headers = {"Accept-Language": language}
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV, headers=headers)
    assert word in answer.json()["errors"][0]["detail"]


async def test_deployments_come_as_a_table_too(service: Service):
    await deploy(service, OPERATOR)
    when = {**window(), **key()}
    heading = ("external_source", "external_id", "home_unit", "role", "strength_planned", "region_code",
               "starts_at", "ends_at", "longitude", "latitude", "site")  # fmt: skip
    said = {**when, "home_unit": "polres-serang", "role": "pam_tps", "strength_planned": "12",
            "region_code": "36.04", "longitude": "106,15", "latitude": "-6.12",
            "site": "'=TPS 3"}  # fmt: skip
    lines = [[said[name] for name in heading]]
    text = sheet(*lines, heading=heading, delimiter=";")
    answer = await send_text(service, OPERATOR, "deployments", text, CSV)
    assert outcomes(answer) == [(201, "created")]
    made = (await get(service, OPERATOR, f"{DEPLOYMENTS}/{answer.json()['items'][0]['id']}")).json()
    assert made["geometry"]["coordinates"] == [106.15, -6.12]
    assert (made["strength_planned"], made["site"]) == (12, "=TPS 3")
    again = await send_text(service, OPERATOR, "deployments", text, CSV)
    assert outcomes(again) == [(200, "unchanged")]
    lines[0][8], lines[0][9] = "", "-6.12"
    half = await send_text(service, OPERATOR, "deployments", sheet(*lines, heading=heading), CSV)
    assert half.json()["items"][0]["problem"]["errors"][0]["column"] == "longitude"


async def test_the_answer_can_be_a_table_in_which_no_formula_runs(service: Service):
    formula = '=HYPERLINK("http://jahat.invalid")'
    heading = ("external_source", "external_id", *HEADING)
    text = sheet(["peta", formula, *line()], ["peta", "@SUM(1)", *line("9")], heading=heading)
    answer = await send_text(service, OPERATOR, "threat-levels", text, CSV, headers={"Accept": CSV})
    assert answer.headers["content-type"].startswith(CSV)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith("\ufeff")
    made, wrong = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert (made["line"], made["status"], made["external_id"]) == ("2", "201", f"'{formula}")
    assert (wrong["status"], wrong["external_id"]) == ("422", "")
    assert wrong["problem"].startswith("level: ")


def test_a_shield_comes_off_again():
    for sign in FORMULA:
        assert plain(shielded(f"{sign}1")) == f"{sign}1"
    for text in ("a", "", "'a", "''=", "1-2"):
        assert plain(shielded(text)) == text
    assert table(["a"], iter([[None], [-1], ["-1"]])) == "\ufeffa\r\n\r\n-1\r\n'-1\r\n".replace(
        "\r\n\r\n", '\r\n""\r\n'
    )
