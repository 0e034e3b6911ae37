"""What need-to-know costs in statements: the log of what was read is written off the way of requests."""

import pytest

from tests.support.calls import ABSENT, INCIDENTS, get, url
from tests.support.deployments import DEPLOYMENTS, deploy
from tests.support.queries import queries
from tests.support.service import Service, report

OWNER, KPU, KPU_CHIEF = "commander.polda-banten", "operator.kpu-banten", "commander.kpu-banten"
SECRET = {"tlp": "AMBER", "audience": ["kpu-banten"], "classification": "rahasia"}


async def statements(service: Service, account: str, path: str, status: int = 200) -> int:
    """How many queries one request makes, once its account is known."""
    await get(service, account, "/api/v1/me")
    with queries(service.app.state.database) as made:
        assert (await get(service, account, path)).status_code == status
    return len([each for each, _ in made if "access_" not in each])


@pytest.mark.parametrize("marking", [{"tlp": "GREEN"}, SECRET])
async def test_one_record_is_one_query_noted_or_not(service: Service, marking: dict[str, object]):
    made = await report(service, OWNER, **marking)
    assert await statements(service, KPU_CHIEF, url(made)) == 1
    assert await statements(service, OWNER, url(made)) == 1


async def test_a_record_of_another_kind_is_one_query_too(service: Service):
    made = await deploy(service, "operator.polda-banten", tlp="GREEN")
    assert await statements(service, KPU_CHIEF, f"{DEPLOYMENTS}/{made['id']}") == 1


async def test_a_hidden_record_costs_what_an_unknown_one_does(service: Service):
    hidden = await report(service, OWNER)
    unknown = f"{INCIDENTS}/{ABSENT}"
    # Only who may break the glass is asked for a grant, whether there is such a record or not.
    for account, cost in ((KPU, 1), (KPU_CHIEF, 2)):
        assert await statements(service, account, url(hidden), 404) == cost
        assert await statements(service, account, unknown, 404) == cost
