"""A record that holds a word found nowhere else in each of its texts, and calls that look for that word."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from tests.support.assistance import ASSISTANCE, request
from tests.support.calls import ABSENT, INCIDENTS
from tests.support.deployments import DEPLOYMENTS, UNIT, deployment, position, stated, window
from tests.support.elections import ORDERS, order
from tests.support.patrols import PATROLS, PLANS, POINT, place, plan
from tests.support.privacy import AUDITOR, BREACHES, DISCLOSURES, HOLDS, OFFICER, REQUESTS
from tests.support.service import Service, report
from tests.support.sharing import client_of
from tests.support.sites import PATTERNS, SITES, pattern, site
from tests.support.threats import LEVELS, spot

AUTHOR = "commander.polda-banten"
JSON = "application/json"
FORM = "multipart/form-data"
BASE64 = re.compile(r"[A-Za-z0-9_-]{8,}")


@dataclass
class Secret:
    """A planted record: its id, its parts, and every text that strangers must not meet."""

    canary: str
    incident: dict[str, Any]
    party: str = ABSENT
    attachment: str = ABSENT
    link: str = ABSENT  # from it to the record that others see
    link_back: str = ABSENT  # from that record to it
    level: str = ABSENT
    proposal: str = ABSENT
    deployment: str = ABSENT  # for it
    site: str = ABSENT  # of its agency
    pattern: str = ABSENT  # of its agency
    assistance_request: str = ABSENT  # to another, where the record is not for named accounts
    answer: str = ABSENT  # to that
    referral: str = ABSENT  # of a violation in it
    plan: str = ABSENT  # of a patrol to that site
    patrol: str = ABSENT
    stop: str = ABSENT
    order: str = ABSENT  # for its units
    hold: str = ABSENT  # on it
    disclosure: str = ABSENT  # of it
    request: str = ABSENT  # papers of its agency
    breach: str = ABSENT
    words: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return self.incident["id"]

    def learn(self, answer: httpx.Response) -> dict[str, Any]:
        """Whatever a writing answer tells of the record is secret."""
        assert answer.is_success, answer.text
        told = answer.json()
        self.words |= {told["id"], told.get("reference", told["id"])}
        return told

    def found_in(self, answer: httpx.Response) -> set[str]:
        """The secret words in an answer: body, headers, and what its cursors say once they are read."""
        text = "\n".join([answer.text, *(f"{name}: {value}" for name, value in answer.headers.items())])
        text = "\n".join([text, *decoded(text)]).lower()
        forms = {form for word in self.words for form in (word.lower(), word.lower().replace("-", ""))}
        return {form for form in forms if form in text}


def decoded(text: str) -> Iterator[str]:
    """What the words of a text say if they are base64url, as cursors are."""
    for word in set(BASE64.findall(text)):
        if len(word) % 4 != 1:  # no base64 has that length
            yield base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode("latin-1")


def cursor(*key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


async def plant(service: Service, visible_id: str, **marking: Any) -> Secret:
    """A record of one agency whose every text holds the canary, linked from and to one that others see."""
    canary = f"canary{uuid4().hex}"
    client = await service.client(AUTHOR)
    texts = {"title": f"Judul {canary}", "description": f"Uraian {canary}", "site": f"Tempat {canary}"}
    made = await report(service, AUTHOR, **texts, **marking)
    secret = Secret(canary, made, words={canary, made["id"], made["reference"]})
    at, reason = f"{INCIDENTS}/{secret.id}", f"Alasan {canary}"

    async def write(part: str, body: dict[str, Any]) -> str:
        return secret.learn(await client.post(f"{at}{part}", json=body))["id"]

    await write("/notes", {"text": f"Catatan {canary}"})
    number = str(uuid4().int)[-16:]
    secret.words.add(number)
    person = {"name": f"Nama {canary}", "contact": f"Kontak {canary}", "remark": f"Catatan {canary}"}
    secret.party = await write("/parties", {"role": "witness", "national_id": number, **person})
    file = {"file": (f"Berkas {canary}.txt", f"Isi {canary}".encode(), "text/plain")}
    note = {"note": f"Catatan {canary}"}
    added = secret.learn(await client.post(f"{at}/attachments", files=file, data=note))
    secret.attachment = added["id"]
    secret.words.add(added["sha256"])
    done = {"kind": "examined", "purpose": f"Tujuan {canary}", "place": f"Ruang {canary}"}
    await write(f"/attachments/{secret.attachment}/custody", done)
    await write("/steps", {"to": "verified", "reason": reason})
    await write("/steps", {"to": "reported", "reason": reason})
    await write("/about-agencies", {"agency": "pemkot-cilegon", "reason": reason})
    if marking["tlp"] != "RED":
        move = {"action": "offer", "to": "kpu-banten", "reason": reason}
        await write("/hand-over", move)
        await write("/hand-over", {"action": "withdraw", "reason": reason})
    grounds = {"rationale": f"Dasar {canary}", "basis": [secret.id], **marking}
    for number, category in ((2, "logistics"), (4, "cyber")):
        body = {"region_code": spot(category).region, "category": category, "level": number, **grounds}
        told = secret.learn(await client.post(LEVELS, json=body))
        if number == 2:
            secret.level = told["id"]
        else:
            secret.proposal = told["id"]
    secret.link = await write("/links", {"kind": "related_to", "target_id": visible_id})
    there = {"kind": "same_event_as", "target_id": secret.id}
    secret.link_back = secret.learn(await client.post(f"{INCIDENTS}/{visible_id}/links", json=there))["id"]
    await plant_watch(service, secret, marking)
    if marking["tlp"] != "RED":
        await plant_assistance(service, secret, marking)
    await plant_patrol(service, secret, **marking)
    ready = order(number=f"UJI/{canary}", basis=f"Dasar {canary}", units=["polres-cilegon"], **marking)
    secret.order = secret.learn(await client.post(ORDERS, json=ready))["id"]
    await plant_papers(service, secret, is_red=marking["tlp"] == "RED")
    return secret


async def plant_watch(service: Service, secret: Secret, marking: dict[str, Any]) -> None:
    """A site of its agency, how many shall guard such, and who does."""
    client, canary, reason = await service.client(AUTHOR), secret.canary, f"Alasan {secret.canary}"
    await stated(service)
    place = site(name=f"Lokasi {canary}", note=f"Catatan {canary}", **marking)
    secret.site = secret.learn(await client.post(SITES, json=place))["id"]
    judged = {"risk": "rawan", "rationale": reason}
    secret.learn(await client.post(f"{SITES}/{secret.site}/assessments", json=judged))
    named = {"incident_id": secret.id, "site_ids": [secret.site]}
    for_it = deployment(site=f"Tempat {canary}", **named, **window(WEEK), **marking)
    secret.deployment = secret.learn(await client.post(DEPLOYMENTS, json=for_it))["id"]
    for to in ("committed", "mobilizing", "en_route", "on_scene"):
        step = {"to": to, "reason": reason}
        secret.learn(await client.post(f"{DEPLOYMENTS}/{secret.deployment}/steps", json=step))
    secret.learn(await client.post(f"{DEPLOYMENTS}/{secret.deployment}/check-ins", json=position()))
    plan = pattern(source=f"Rencana {canary}", operation=f"operasi-{canary}", **marking)
    secret.pattern = secret.learn(await client.post(PATTERNS, json=plan))["id"]


async def plant_assistance(service: Service, secret: Secret, marking: dict[str, Any]) -> None:
    """What its agency asks of KPU, and what KPU answers."""
    client, reason = await service.client(AUTHOR), f"Alasan {secret.canary}"
    texts = dict.fromkeys(("basis_note", "note", "site"), reason)
    asked = request(addressed=["kpu-banten"], **texts, **marking)
    secret.assistance_request = secret.learn(await client.post(ASSISTANCE, json=asked))["id"]
    answers = f"{ASSISTANCE}/{secret.assistance_request}/answers"
    declined = {"kind": "decline", "reason": reason}
    told = await (await service.client("commander.kpu-banten")).post(answers, json=declined)
    secret.answer = secret.learn(told)["id"]


async def plant_patrol(service: Service, secret: Secret, **marking: Any) -> None:
    """A patrol that has been to its site and to a place."""
    client = await service.client(AUTHOR)
    stops = [{"minute": 0, "site_id": secret.site}, place(5, name=f"Titik {secret.canary}")]
    wanted = plan(name=f"Patroli {secret.canary}", stops=stops, **marking)
    secret.plan = secret.learn(await client.post(PLANS, json=wanted))["id"]
    made = secret.learn(await client.post(f"{PLANS}/{secret.plan}/patrols", json={"on_date": "2024-11-27"}))
    secret.patrol = made["id"]
    reason, path = f"Alasan {secret.canary}", f"{PATROLS}/{secret.patrol}"
    secret.learn(await client.post(f"{path}/steps", json={"to": "under_way", "reason": reason}))
    first, second = (await client.get(f"{path}/stops")).json()["items"]
    seen = {"geometry": POINT, "remark": f"Catatan {secret.canary}"}
    secret.learn(await client.post(f"{path}/stops/{first['id']}/visit", json=seen))
    secret.learn(await client.post(f"{path}/stops/{second['id']}/skip", json={"reason": reason}))
    secret.stop = first["id"]


async def plant_papers(service: Service, secret: Secret, *, is_red: bool) -> None:
    """What its agency has noted of data protection, around it and beside it; what it asks of others."""
    reason = f"Alasan {secret.canary}"
    of_it = {"record_type": "incident", "record_id": secret.id, "order_number": f"Nomor {secret.canary}"}
    client = await service.client(AUTHOR)
    at = f"{INCIDENTS}/{secret.id}"
    violation = {"violation_kind": "dispute", "summary": reason}
    secret.referral = secret.learn(await client.post(f"{at}/referrals", json=violation))["id"]
    asked = {"agencies": ["korem-064" if is_red else "kpu-banten"], "note": reason}
    secret.learn(await client.post(f"{at}/acknowledgement-requests", json=asked))
    held = {**of_it, "reason": reason, "until": "2199-12-31T00:00:00Z"}
    secret.hold = secret.learn(await client.post(HOLDS, json=held))["id"]
    if not is_red:
        auditor = await service.client(AUDITOR)
        opened = secret.learn(await auditor.post(DISCLOSURES, json={**of_it, "reason": reason}))
        secret.disclosure = opened["id"]
    officer = await service.client(OFFICER)
    asked = {"asks_for": "access", "subject_name": reason, "contact": reason, "wish": reason}
    secret.request = secret.learn(await officer.post(REQUESTS, json={**asked, "region_code": "36"}))["id"]
    failed = dict.fromkeys(("title", "data_exposed", "circumstances", "handling"), reason)
    secret.breach = secret.learn(await officer.post(BREACHES, json={**failed, "region_code": "36"}))["id"]


WEEK = datetime(2028, 1, 3, tzinfo=UTC)  # in which all that is planted is planned


@dataclass(frozen=True)
class Call:
    """A request that can be made with one set of ids or with another."""

    name: str
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    file: bool = False

    async def by(self, service: Service, account: str, ids: dict[str, str]) -> httpx.Response:
        def filled(text: str) -> str:
            for name, value in ids.items():
                text = text.replace(f"{{{name}}}", value)
            return text

        client = await client_of(service, account)
        query = {name: filled(value) for name, value in self.query.items()}
        if "cursor" in query:
            query["cursor"] = cursor(query["cursor"])
        content = filled(json.dumps(self.body)) if self.body is not None else None
        headers = {"If-Match": '"1"'} if self.method in {"PATCH", "DELETE"} else {}
        if content:
            headers["Content-Type"] = JSON
        files = {"file": ("catatan.txt", b"Catatan.", "text/plain")} if self.file else None
        return await client.request(
            self.method, filled(self.path), params=query, content=content, headers=headers, files=files
        )


def example(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    """The example of the body that an operation takes; None where it takes none."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if content is None:
        return None
    name = content["schema"]["$ref"].rpartition("/")[2]
    return document["components"]["schemas"][name]["examples"][0]


def calls_with_ids(document: dict[str, Any]) -> list[Call]:
    """Every operation of the API whose path or query can carry an id, so that a new one is tried too."""
    made = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name, body = operation["operationId"], example(document, operation)
            asked = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
            queries = [{each: value} for each, value in QUERIES.items() if each in asked]
            if "_id}" in path:
                queries.append({})
            target = path.replace("{agency}", "pemkot-cilegon").replace("{category}", "cyber")
            target = target.replace("{region_code}", "36").replace("{unit}", UNIT)
            target = target.replace("{account}", "commander2.polda-banten").replace("{to}", "persons")
            file = FORM in operation.get("requestBody", {}).get("content", {})
            made += [Call(f"{name} {query}", method.upper(), target, query, body, file) for query in queries]
    return made


QUERIES = {
    "record_id": "{incident_id}",
    "incident_id": "{incident_id}",
    "text": "{canary}",
    "reference": "{reference}",
}
