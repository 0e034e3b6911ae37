"""`python -m app ledger disclose`: the same disclosure by a command, checked offline as partners check it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from siaga_verify.checkpoints import Trust
from siaga_verify.disclosures import check_disclosure
from siaga_verify.notes import LOG, read_key

from app import cli
from tests.support.calls import ABSENT, OPERATOR, change, get, url
from tests.support.privacy import AUDITOR, person
from tests.support.service import Service, report
from tests.support.witnesses import log_key

ORDER = "Penetapan 7/Pen/2026 (fiktif)"
NAME = "Saksi Zulaikha (fiktif)"


@pytest.fixture
def disclose(service: Service, monkeypatch: pytest.MonkeyPatch):
    settings = service.app.state.settings
    monkeypatch.setenv("SIAGA_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("SIAGA_DATABASE_URL", settings.database)

    async def run(record: str, *more: str, account: str = AUDITOR) -> int:
        named = ("--account", account, "--legal-basis", ORDER)
        arguments = ["ledger", "disclose", "incident", record, *named, *more]
        return await asyncio.to_thread(cli.main, arguments)

    return run


def checked(service: Service, file: bytes) -> tuple[Any, list[dict[str, Any]]]:
    trust = Trust([read_key(log_key(service.app.state.settings), LOG)])
    verdict = check_disclosure(file, trust)
    return verdict, [json.loads(line) for line in verdict.details]


async def actions(service: Service, made: dict[str, Any]) -> list[str]:
    return [each["action"] for each in (await get(service, OPERATOR, url(made, "/history"))).json()["items"]]


async def test_the_file_of_a_record_holds_offline_and_tells_of_itself(
    service: Service, disclose, tmp_path: Path
):
    made = await report(service, OPERATOR, title="Judul pertama")
    await change(service, OPERATOR, made, title="Judul kedua")
    output = tmp_path / "file.json"
    assert await disclose(made["id"], "--output", str(output), "--reason", "Sidang (fiktif).") == 0
    assert output.stat().st_mode & 0o777 == 0o600
    verdict, shown = checked(service, output.read_bytes())
    assert (verdict.values["count"], verdict.values["record"]) == (3, made["id"])
    said = [(each["name"], each["value"]) for each in shown]
    assert {("/title", "Judul pertama"), ("/title", "Judul kedua"), ("/order_number", ORDER)} <= {
        (name, value) for name, value in said if isinstance(value, str)
    }
    last = (await get(service, OPERATOR, url(made, "/history"))).json()["items"][-1]
    assert (last["action"], last["agency"]) == ("disclosure.ordered", "siaga")
    assert ("/agency", "polda-banten") in said
    [reason] = [value for name, value in said if name == "/reason"]
    assert reason.startswith("Sidang (fiktif). Dengan perintah pada mesin tuan rumah")


async def test_without_a_name_the_file_goes_to_standard_output(service: Service, disclose, capsys):
    made = await report(service, OPERATOR)
    assert await disclose(made["id"]) == 0
    assert checked(service, capsys.readouterr().out.encode())[0].values["count"] == 2


async def test_persons_go_out_only_where_the_order_covers_them(service: Service, disclose, capsys):
    made = await report(service, OPERATOR)
    await person(service, OPERATOR, made, NAME)
    for more, is_there in (((), False), (("--persons",), True)):
        assert await disclose(made["id"], *more) == 0
        _, shown = checked(service, capsys.readouterr().out.encode())
        assert (NAME in [each["value"] for each in shown]) is is_there


async def test_a_file_that_exists_stays_as_it_is_and_nothing_is_disclosed(
    service: Service, disclose, tmp_path: Path, capsys
):
    made = await report(service, OPERATOR)
    output = tmp_path / "file.json"
    output.write_text("")
    assert await disclose(made["id"], "--output", str(output)) == 1
    assert capsys.readouterr().err == f"siaga: {output} exists already; nothing was disclosed.\n"
    assert await disclose(made["id"], "--output", str(tmp_path / "absent" / "file")) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert (output.read_text(), await actions(service, made)) == ("", ["incident.reported"])


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("auditor.tiada", "No account auditor.tiada may be used."),
        (OPERATOR, "may not open entries: this needs ledger:disclose."),
        ("auditor.kpu-banten", "Only the owner of a record opens its entries."),
    ],
)
async def test_who_may_not_disclose_over_the_api_may_not_by_the_command(
    service: Service, disclose, tmp_path: Path, capsys, account: str, told: str
):
    made = await report(service, OPERATOR, tlp="GREEN")
    output = tmp_path / "file.json"
    assert await disclose(made["id"], "--output", str(output), account=account) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert (output.exists(), await actions(service, made)) == (False, ["incident.reported"])


async def test_what_is_wrong_is_said_in_one_line(service: Service, disclose, capsys):
    assert await disclose(ABSENT) == 1
    assert capsys.readouterr().err == "siaga: One field is not valid. There is no such incident.\n"
    made = await report(service, OPERATOR)
    assert await disclose(made["id"], "--legal-basis", "") == 1
    assert capsys.readouterr().err.startswith("siaga: order_number: ")
    with pytest.raises(SystemExit):
        await disclose("bukan-id")
    assert "invalid UUID value" in capsys.readouterr().err
