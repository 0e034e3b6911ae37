"""Many who promise the last ones at once, over HTTP: never more than were asked for, by one worker or two."""

import asyncio
from collections import Counter

from app.settings import Settings
from tests.support.assistance import ASSISTANCE, KODIM, KOREM, METRO, METRO_UNIT, at, request
from tests.support.calls import OPERATOR, REASON
from tests.support.deployments import DEPLOYMENTS, statement, strength_of
from tests.support.servers import serving
from tests.test_concurrency import PASSWORD, signed_in, workers

MANY = 12


async def test_of_many_promises_as_many_are_taken_as_are_left(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with (
            signed_in(server.url, OPERATOR, connections=2) as requester,
            signed_in(server.url, KOREM, connections=MANY) as korem,
            signed_in(server.url, METRO, connections=MANY) as metro,
        ):
            await korem.put(strength_of(KODIM), json=statement(1_000))
            await metro.put(strength_of(METRO_UNIT), json=statement(1_000, region_code="36.74"))
            made = (await requester.post(ASSISTANCE, json=request(quantity=52))).json()
            path = at(made, "/answers")
            promise = {"kind": "accept", "quantity": 5}
            answers = await asyncio.gather(
                *(korem.post(path, json={**promise, "home_unit": KODIM}) for _ in range(MANY)),
                *(metro.post(path, json={**promise, "home_unit": METRO_UNIT}) for _ in range(MANY)),
            )
            codes = Counter(each.status_code for each in answers)
            assert codes == {201: 10, 409: 2 * MANY - 10}
            told = {each.json()["detail"] for each in answers if each.status_code == 409}
            assert told == {"Of this request 2 are left."}
            now = (await requester.get(at(made))).json()
            assert (now["accepted_count"], now["left_count"]) == (50, 2)
            lent = (await requester.get(DEPLOYMENTS, params={"limit": 200})).json()["items"]
            assert sum(each["strength_planned"] for each in lent) == 50

            # The two left are promised, the request is closed and made smaller, all at once.
            last = {**promise, "quantity": 2, "home_unit": KODIM}
            match = {"If-Match": f'"{now["version"]}"'}
            first, second, end, less = await asyncio.gather(
                korem.post(path, json=last),
                metro.post(path, json={**last, "home_unit": METRO_UNIT}),
                requester.post(at(made, "/steps"), json={"to": "closed", "reason": REASON}),
                requester.patch(at(made), json={"quantity": 51}, headers=match),
            )
            won = [first.status_code, second.status_code].count(201)
            assert {first.status_code, second.status_code} <= {201, 409}
            assert end.status_code == 200
            assert less.status_code in {200, 409, 412, 422}
            final = (await requester.get(at(made))).json()
            assert final["status"] == "closed"
            assert final["accepted_count"] == 50 + 2 * won <= final["quantity"]
            assert won <= (1 if less.status_code != 200 else 0)
