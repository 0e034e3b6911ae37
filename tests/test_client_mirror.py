"""`siaga mirror`: killed at any moment while records change, it comes to hold exactly what the API shows."""

import asyncio
import json
import random
from pathlib import Path

import httpx

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.partners import client, done, held, shown, siaga
from tests.support.servers import serving
from tests.support.service import incident

SEED = 20241127
ROUNDS = 6
OPERATOR = "operator.polda-banten"
MARKINGS = (
    {"tlp": "GREEN"},
    {"tlp": "AMBER", "audience": ["kpu-banten"]},
    {"tlp": "AMBER", "audience": ["bawaslu-banten"]},
    {"tlp": "AMBER+STRICT"},
)


async def signed_in(http: httpx.AsyncClient, account: str) -> dict[str, str]:
    form = {"grant_type": "password", "username": account, "password": PASSWORD}
    told = (await http.post("/oauth2/token", data=form)).json()
    return {"Authorization": f"Bearer {told['access_token']}"}


async def change_things(http: httpx.AsyncClient, drawn: random.Random, until: asyncio.Event) -> int:
    """Report, rename, show and hide, one after the other, until told to stop."""
    headers, made, count = await signed_in(http, OPERATOR), [], 0
    while not until.is_set():
        count += 1
        if not made or drawn.random() < 0.4:
            body = incident(title=f"Kejadian {count}", **drawn.choice(MARKINGS))
            answer = await http.post("/api/v1/incidents", json=body, headers=headers)
            made.append(answer.json())
        else:
            which = drawn.randrange(len(made))
            body = {"title": f"Judul {count}"} if drawn.random() < 0.4 else drawn.choice(MARKINGS)
            match = {**headers, "If-Match": f'"{made[which]["version"]}"'}
            path = f"/api/v1/incidents/{made[which]['id']}"
            answer = await http.patch(path, json={"audience": [], **body}, headers=match)
            made[which] = answer.json()
        assert answer.is_success, answer.text
    return count


async def killed_again_and_again(url: str, directory: Path, drawn: random.Random) -> None:
    for _ in range(ROUNDS):
        process = siaga(url, directory.parent, "mirror", str(directory))
        await asyncio.sleep(drawn.uniform(0.1, 3.0))
        process.kill()
        process.communicate()


async def test_a_mirror_that_is_killed_holds_in_the_end_what_the_api_shows(fresh: Settings, tmp_path: Path):
    drawn = random.Random(SEED)  # noqa: S311 - the same moments each time
    until, directory = asyncio.Event(), tmp_path / "mirror"
    with serving(fresh, PASSWORD) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
            producer = asyncio.create_task(change_things(http, drawn, until))
            await killed_again_and_again(server.url, directory, drawn)
            until.set()
            assert await producer > ROUNDS
        assert done(server.url, tmp_path, "mirror", str(directory), "--once") == (0, "", "")
        with httpx.Client() as http:
            assert held(directory) == shown(client(server.url, http))


async def test_what_was_erased_or_is_gone_leaves_the_files(fresh: Settings, tmp_path: Path):
    directory, secrets = tmp_path / "mirror", ("Rumah Zulaikha", "Judul Rahasia")
    with serving(fresh, PASSWORD) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
            headers = await signed_in(http, OPERATOR)
            made = []
            for more in ({"site": secrets[0]}, {"title": secrets[1]}):
                body = incident(tlp="GREEN", **more)
                made.append((await http.post("/api/v1/incidents", json=body, headers=headers)).json())
            mirror = ("mirror", str(directory), "--once", "--format", "ndjson")
            assert done(server.url, tmp_path, *mirror)[0] == 0
            assert all(secret.encode() in content(directory) for secret in secrets)
            erasure = {
                "record_type": "incident", "record_id": made[0]["id"], "subject_type": "incident",
                "subject_id": made[0]["id"], "fields": ["site"], "legal_basis": "subject_request",
                "reason": "Permohonan dikabulkan (fiktif).",
            }  # fmt: skip
            officer = await signed_in(http, "privacy.polda-banten")
            answer = await http.post("/api/v1/personal-data/erasures", json=erasure, headers=officer)
            assert answer.status_code == 201, answer.text
            hide = {"tlp": "AMBER+STRICT"}
            answer = await http.patch(
                f"/api/v1/incidents/{made[1]['id']}", json=hide, headers={**headers, "If-Match": '"1"'}
            )
            assert answer.status_code == 200, answer.text
        assert done(server.url, tmp_path, *mirror)[0] == 0
        assert not any(secret.encode() in content(directory) for secret in secrets)
        assert ("incident", made[0]["id"]) in held(directory)
        assert ("incident", made[1]["id"]) not in held(directory)
        lines = (directory / "records.ndjson").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [each for _, each in sorted(held(directory).items())]


def content(directory: Path) -> bytes:
    return b"".join(each.read_bytes() for each in directory.iterdir())


def test_another_filter_begins_anew_and_a_refusal_leaves_it_whole(fresh: Settings, tmp_path: Path):
    directory = tmp_path / "mirror"
    mirror = ("mirror", str(directory), "--once")
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:
        asks = client(server.url, http, "integration.polda-banten")
        made = asks.request("POST", "/api/v1/incidents", json=incident(tlp="GREEN")).json()
        for types, kept in (([], 1), (["--type", "deployment"], 0), (["--type", "incident"], 1)):
            assert done(server.url, tmp_path, *mirror, *types) == (0, "", "")
            found = [each for each in held(directory) if types or each[0] != "election"]  # shipped with it
            assert found == [("incident", made["id"])] * kept
        code, _, told = done(server.url, tmp_path, *mirror, env={"SIAGA_SECRET": "salah"})
        assert (code, "401" in told, "salah" in told) == (1, True, False)
        assert list(held(directory)) == [("incident", made["id"])]
    assert all(each.stat().st_mode & 0o077 == 0 for each in (directory, *directory.iterdir()))
