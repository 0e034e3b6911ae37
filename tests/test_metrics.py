"""What `/metrics` tells, read as a collector would."""

import re

from tests.support.log import checkpoint
from tests.support.service import Service, report

OPERATOR = "operator.polda-banten"
LINE = re.compile(r'([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? (\d+)')


async def test_gauges_say_what_readiness_says(service: Service):
    await report(service, OPERATOR)
    anonymous = await service.anonymous()
    await checkpoint(service, (await anonymous.get("/readyz")).json()["ledger"]["entries"])
    answer = await anonymous.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [each for each in answer.text.splitlines() if not each.startswith("#")]
    assert all(LINE.fullmatch(each) for each in lines), lines
    told = dict(each.rsplit(" ", 1) for each in lines)
    assert int(told["siaga_ledger_signed"]) > 0
    assert int(told["siaga_ledger_entries"]) >= int(told["siaga_ledger_signed"])
    assert {each for name, each in told.items() if name.startswith("siaga_ledger_refused")} == {"0"}


async def test_a_gauge_is_explained_once_and_before_it_is_told(service: Service):
    text = (await (await service.anonymous()).get("/metrics")).text
    names = re.findall(r"^# HELP (\S+) \S.*\n# TYPE \1 gauge$", text, re.MULTILINE)
    assert len(names) == len(set(names)) == text.count("# HELP")
    assert names[:2] == ["siaga_ledger_entries", "siaga_ledger_signed"]
