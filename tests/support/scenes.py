"""What an operation of administration needs before it can be sent: accounts, systems, agencies of its own."""

from typing import Any
from uuid import uuid4

import httpx

from tests.support import administration as people
from tests.support.calls import get, post
from tests.support.service import Service, report

ADMIN, SECOND, HOST = "admin.polda-banten", "admin2.polda-banten", "admin.siaga"
SYSTEM = "integration.polda-banten"
COMMANDER, OPERATOR = "commander.polda-banten", "operator.polda-banten"
BY_PERSON = {"change_password", "enrol_account", "refuse_reset"}
SENDERS = {
    "appoint_administrator": HOST, "confirm_account": COMMANDER, "confirm_red_membership": OPERATOR,
    "create_webhook": SYSTEM, "decide_account_reset": SECOND,
    "join_agency": HOST, "leave_agency": HOST, "return_agency": HOST,
}  # fmt: skip
OPERATIONS = {
    "add_credential", "change_account", "change_integration", "change_webhook", "change_webhook_secret",
    "create_account", "create_integration", "request_webhook_replay", "request_webhook_test",
    "reactivate_account", "reactivate_integration", "request_account_reset", "revoke_credential",
    "add_identity", "suspend_account", "suspend_integration", "revoke_identity", *SENDERS, *BY_PERSON,
}  # fmt: skip


async def joined(service: Service) -> str:
    """An agency of its own."""
    code = f"lembaga-{uuid4().hex[:10]}"
    body = {
        "code": code, "name": "Lembaga uji (fiktif)", "name_en": "Agency (fictional)", "kind": "military",
        "sharing_agreement": "PKS 1/2024 (fiktif)", "sharing_agreement_on": "2024-10-01",
        "reason": people.REASON,
    }  # fmt: skip
    answer = await post(service, HOST, people.AGENCIES, body)
    assert answer.status_code == 201, answer.text
    return code


async def asleep(service: Service, admin: str = ADMIN, second: str = SECOND) -> str:
    """An account that is named beside the operator in a RED record, and whose password was reset."""
    account = await people.enrolled(service, admin)
    await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, account["name"]])
    await reset(service, account, admin, second)
    return account["name"]


async def confirmed(service: Service) -> str:
    """The same, whom the operator has confirmed."""
    name = await asleep(service)
    said = await people.act(service, OPERATOR, f"/api/v1/red-memberships/{name}/confirmation")
    assert said.status_code == 200, said.text
    return name


async def reset(service: Service, account: dict[str, Any], admin: str = ADMIN, second: str = SECOND) -> None:
    """A password reset, from its request to the person's new password."""
    place = f"{people.ACCOUNTS}/{account['id']}/reset"
    asked = (await people.act(service, admin, place)).json()
    approved = await people.act(service, second, f"{place}/decision", decision="approve")
    assert approved.status_code == 200, approved.text
    done = await people.enrol(service, account["name"], asked["code"])
    assert done.status_code == 200, done.text


async def pending(service: Service) -> str:
    """An administrator whom the host has made for a partner."""
    place = f"{people.AGENCIES}/polda-banten/administrators"
    answer = await people.act(service, HOST, place, post=people.a_post("admin"))
    accounts = (await get(service, ADMIN, people.ACCOUNTS, limit=200)).json()
    found = {each["name"]: each["id"] for each in accounts["items"]}
    while accounts["next"]:
        accounts = (await get(service, ADMIN, people.ACCOUNTS, limit=200, cursor=accounts["next"])).json()
        found |= {each["name"]: each["id"] for each in accounts["items"]}
    return found[answer.json()["name"]]


async def ids_for(service: Service, name: str) -> dict[str, str]:
    """What stands in the path of an operation."""
    if name in {"appoint_administrator", "leave_agency", "return_agency"}:
        code = await joined(service)
        if name == "return_agency":
            await people.act(service, HOST, f"{people.AGENCIES}/{code}/departure")
        return {"agency": code}
    if name == "confirm_red_membership":
        return {"account": await asleep(service)}
    if name == "confirm_account":
        return {"account_id": await pending(service)}
    if "webhook" in name:
        return {"webhook_id": await _webhook(service)}
    if "integration" in name or "credential" in name:
        return await _integration(service, name)
    account = await people.enrolled(service, ADMIN)
    if name == "reactivate_account":
        await people.act(service, ADMIN, f"{people.ACCOUNTS}/{account['id']}/suspension")
    if name == "decide_account_reset":
        await people.act(service, ADMIN, f"{people.ACCOUNTS}/{account['id']}/reset")
    ids = {"account_id": account["id"]}
    if name == "revoke_identity":
        said = {"issuer": "https://sso.example/realms/uji", "subject": uuid4().hex}
        linked = await people.act(service, ADMIN, f"{people.ACCOUNTS}/{account['id']}/identities", **said)
        ids["identity_id"] = linked.json()["id"]
    return ids


async def _webhook(service: Service) -> str:
    owner = await people.integration(service, ADMIN, scopes=["changes:read", "incidents:read"])
    body = {"integration_id": owner["id"], "url": "https://siaga.invalid/hook", "label": "Uji (fiktif)"}
    answer = await people.act(service, ADMIN, "/api/v1/webhooks", **body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def _integration(service: Service, name: str) -> dict[str, str]:
    made = await people.integration(service, ADMIN)
    place, ids = f"{people.INTEGRATIONS}/{made['id']}", {"integration_id": made["id"]}
    if name == "reactivate_integration":
        await people.act(service, ADMIN, f"{place}/suspension")
    if name == "revoke_credential":
        secret = await people.act(service, ADMIN, f"{place}/credentials", kind="secret", label="uji")
        ids["credential_id"] = secret.json()["id"]
    return ids


async def send(service: Service, name: str, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
    """The body as it stands, by whom it is for, about records of its own."""
    if name in BY_PERSON:
        return await _by_person(service, name, path, body)
    client = await service.client(SENDERS.get(name, ADMIN))
    ids = await ids_for(service, name)
    headers = {}
    if method == "patch":
        place = path.format(**ids)
        headers = {"If-Match": (await client.get(place)).headers["etag"]}
    return await client.request(method, path.format(**ids), json=body, headers=headers)


async def _by_person(service: Service, name: str, path: str, body: dict[str, Any]) -> httpx.Response:
    new = await people.made(service, ADMIN)
    password = body.get("current", people.PASSWORD)
    if name == "enrol_account":
        filled = {**body, "account": new["name"], "code": new["code"]}
        return await (await service.anonymous()).post(path, json=filled)
    await people.enrol(service, new["name"], new["code"], password=password)
    if name == "refuse_reset":
        await people.act(service, ADMIN, f"{people.ACCOUNTS}/{new['id']}/reset")
    client = await people.sign_in(service, new["name"], password)
    return await client.post(path, json=body)
