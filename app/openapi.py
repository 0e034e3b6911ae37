"""What the framework leaves to us in OpenAPI: problems, ways to sign in, order, examples, two languages."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.domain.permissions import PERMISSION_TEXTS
from app.schemas.bulk import BODIES
from app.schemas.examples import (
    acknowledgements,
    administration,
    assistance,
    attachments,
    break_glass,
    bulk,
    deployments,
    elections,
    incident_parts,
    incidents,
    one_time_codes,
    patrols,
    personal_data,
    posture,
    readiness,
    referrals,
    sites,
    threat_level_proposals,
    threat_levels,
    unit_strengths,
    webhooks,
)
from app.schemas.examples.example import Example
from app.schemas.tags import TAGS
from app.settings import Settings
from app.texts.catalogue import say_each
from app.texts.documents import Say, retold
from app.texts.languages import Language

TITLE = "SIAGA"
VERSION = "0.1.0"
DESCRIPTION = (
    "Sistem Informasi AntarlembaGA: Polda, KPU, Bawaslu, TNI and local government share incidents, threat "
    "levels and deployments through one auditable data store. What you may not see answers 404, as if it "
    "did not exist."
)
EXAMPLES: dict[str, dict[str, Example]] = {
    **acknowledgements.EXAMPLES,
    **administration.EXAMPLES,
    **assistance.EXAMPLES,
    **attachments.EXAMPLES,
    **break_glass.EXAMPLES,
    **bulk.EXAMPLES,
    **deployments.EXAMPLES,
    **elections.EXAMPLES,
    **incident_parts.EXAMPLES,
    **incidents.EXAMPLES,
    **one_time_codes.EXAMPLES,
    **patrols.EXAMPLES,
    **personal_data.EXAMPLES,
    **posture.EXAMPLES,
    **readiness.EXAMPLES,
    **referrals.EXAMPLES,
    **sites.EXAMPLES,
    **threat_level_proposals.EXAMPLES,
    **threat_levels.EXAMPLES,
    **unit_strengths.EXAMPLES,
    **webhooks.EXAMPLES,
}
SENT_BY = "Send it as `{account}`."
AT = "Put `{value}` into `{parameter}`."
AFTER = "First send the example “{example}” of “{operation}”."
# Our own way of reading a form, and what the framework would answer if we did not.
UNUSED_SCHEMAS = ("HTTPValidationError", "ReceivedFile", "ValidationError")
ERROR_STATUSES = ("4", "5")
WITH_RETRY = {"429", "503"}
WRITE_HEADERS = {
    "Siaga-Ledger-Position": {
        "description": "Position of the change in the ledger",
        "schema": {"type": "integer"},
    },
    "Siaga-Receipt": {
        "description": "The log's signed receipt for the change, base64",
        "schema": {"type": "string"},
    },
    "Preference-Applied": {
        "description": "`wait=N`, where the signed tree held the change in time",
        "schema": {"type": "string"},
    },
}


QUOTA_HEADERS = {
    "RateLimit": {
        "description": "What is left of the quota, as the answering worker counts, and seconds until more",
        "schema": {"type": "string"},
        "example": '"operator";r=1199;t=60',
    },
    "RateLimit-Policy": {
        "description": "The quotas of the token, and of all tokens of the account: requests, and seconds",
        "schema": {"type": "string"},
        "example": '"operator";q=1200;w=60, "operator-account";q=12000;w=60',
    },
}
RETRY_HEADER = {
    "Retry-After": {"description": "Seconds after which to try again", "schema": {"type": "integer"}}
}


def document(app: FastAPI, language: Language = Language.ENGLISH) -> dict[str, Any]:
    """The OpenAPI document in a language."""
    return make(app, partial(say_each, language))


def make(app: FastAPI, say: Say) -> dict[str, Any]:
    """The document, with each text as `say` has it."""
    made = get_openapi(
        title=TITLE, version=VERSION, description=DESCRIPTION, routes=app.routes, tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        contact={"name": "SIAGA"}, servers=[{"url": "/"}],
    )  # fmt: skip
    components = made["components"]
    settings: Settings = app.state.settings
    ways = components["securitySchemes"] = _ways_to_sign_in(takes_passwords=settings.takes_passwords)
    components["headers"] = QUOTA_HEADERS
    components["schemas"] |= BODIES
    # What is decided on comes after what is stated; routes stand the other way round, for their addresses.
    made["paths"] = dict(sorted(made["paths"].items(), key=lambda path: "/proposals" in path[0]))
    operations = [(method, each) for methods in made["paths"].values() for method, each in methods.items()]
    for method, operation in operations:
        _finish(method, operation, list(ways))
    for name in UNUSED_SCHEMAS:
        components["schemas"].pop(name, None)
    summaries = {operation["operationId"]: operation["summary"] for _, operation in operations}
    used = {tag for _, operation in operations for tag in operation["tags"]}
    made["tags"] = [tag for tag in TAGS if tag["name"] in used]
    told: dict[str, Any] = retold(made, say)
    for methods in told["paths"].values():
        for operation in methods.values():
            _give_examples(operation, summaries, say)
    return told


def _scopes() -> dict[str, str]:
    return {str(permission): text for permission, text in PERMISSION_TEXTS.items()}


def _ways_to_sign_in(*, takes_passwords: bool) -> dict[str, Any]:
    """One scheme for each flow: with several in one, Swagger UI shows the wrong one after signing in."""
    token = {"tokenUrl": "/oauth2/token", "scopes": _scopes()}
    flows = {
        "person": ("authorizationCode", "For people: the sign-in page, then the code with PKCE",
                   {"authorizationUrl": "/oauth2/authorize", "refreshUrl": "/oauth2/token", **token}),
        "officer": ("password", "To try out: the account's name and its password", token),
        "system": ("clientCredentials", "For integrations: client id is the account's name", token),
    }  # fmt: skip
    return {
        name: {"type": "oauth2", "description": text, "flows": {flow: dict(members)}}
        for name, (flow, text, members) in flows.items()
        if takes_passwords or flow != "password"
    }


def _finish(method: str, operation: dict[str, Any], ways: list[str]) -> None:
    """Problems have their own media type; any way of signing in will do; open operations say so."""
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if (
            status.startswith(ERROR_STATUSES)
            and "application/json" in content
            and "TokenError" not in str(content)
        ):
            response["content"] = {"application/problem+json": content["application/json"]}
        if status == "422" and "HTTPValidationError" in str(content):
            response["content"] = {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
            }
        headers = _headers(method, status, is_open="security" not in operation)
        if headers:
            response["headers"] = headers
    if "TokenError" in str(operation["responses"].get("400")):
        del operation["responses"]["422"]  # OAuth tells of an unsound form with 400
    if "security" not in operation:
        operation["security"] = []
        return
    ((_, scopes),) = operation["security"][0].items()
    operation["security"] = [{way: scopes} for way in ways]


def _headers(method: str, status: str, *, is_open: bool) -> dict[str, Any]:
    """The headers that are worth a client's attention; every answer to a token has those of the quota."""
    headers: dict[str, Any] = {}
    if not is_open and method != "get" and status.startswith("2"):
        headers |= WRITE_HEADERS
    if not is_open and status.startswith(("2", "429")):
        headers |= {name: {"$ref": f"#/components/headers/{name}"} for name in QUOTA_HEADERS}
    if status in WITH_RETRY:
        headers |= RETRY_HEADER
    return headers


def _give_examples(operation: dict[str, Any], summaries: Mapping[str, str], say: Say) -> None:
    """Bodies that can be sent as they are, each with the demo account that it fits."""
    examples = EXAMPLES.get(operation["operationId"])
    if not examples:
        return
    content = next(iter(operation["requestBody"]["content"].values()))  # the first is shown
    content["examples"] = {
        name: {
            "summary": say(example.summary),
            "description": " ".join(_how_to_send(example, summaries, say)),
            "value": example.body,
        }
        for name, example in examples.items()
    }
    first = next(iter(examples.values()))
    for parameter in operation.get("parameters", []):
        if parameter["name"] in first.at:
            parameter["example"] = first.at[parameter["name"]]


def _how_to_send(example: Example, summaries: Mapping[str, str], say: Say) -> Iterator[str]:
    """One sentence for each thing that the reader must know."""
    yield say(SENT_BY).format(account=example.account)
    for parameter, value in example.at.items():
        yield say(AT).format(parameter=parameter, value=value)
    for before in example.after:
        name, _, key = before.partition(".")
        yield say(AFTER).format(example=say(EXAMPLES[name][key].summary), operation=say(summaries[name]))
    yield from map(say, example.needs)


def as_yaml(app: FastAPI) -> str:
    """The document as the committed `openapi.yaml` has it."""
    text: str = yaml.safe_dump(document(app), sort_keys=False, allow_unicode=True, width=110)
    return text


def as_json(app: FastAPI, language: Language) -> bytes:
    """The document as it is served."""
    return json.dumps(document(app, language), ensure_ascii=False).encode()
