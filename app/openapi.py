"""The finishing touches that the framework leaves to us: problem+json, two ways to sign in, tags in order."""

import json
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.domain.permissions import PERMISSION_TEXTS

TITLE = "SIAGA"
VERSION = "0.1.0"
DESCRIPTION = (
    "Sistem Informasi AntarlembaGA: Polda, KPU, Bawaslu, TNI and local government share incident records "
    "through one auditable data store. What you may not see answers 404, as if it did not exist."
)
TAGS = [
    {"name": "Account", "description": "Sign in, and see what your account may do"},
    {"name": "Incidents", "description": "Report, follow and share what happened"},
    {"name": "Deployments", "description": "Send units, follow them, and sum up who is where"},
    {"name": "Reference", "description": "Regions, agencies, who covers a place, and every code"},
    {"name": "Ledger", "description": "Every accepted change, in order"},
    {"name": "Service", "description": "Probes"},
]
ERROR_STATUSES = ("4", "5")
POSITION_HEADER = {
    "Siaga-Ledger-Position": {
        "description": "Position of the change in the ledger",
        "schema": {"type": "integer"},
    }
}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    made = get_openapi(
        title=TITLE, version=VERSION, description=DESCRIPTION, routes=app.routes, tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        contact={"name": "SIAGA"}, servers=[{"url": "/"}],
    )  # fmt: skip
    components = made["components"]
    components["securitySchemes"]["system"] = {
        "type": "oauth2",
        "description": "For integrations: client id is the account's name",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": _scopes()}},
    }
    for operations in made["paths"].values():
        for method, operation in operations.items():
            _finish(method, operation)
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    app.openapi_schema = made
    return made


def _scopes() -> dict[str, str]:
    return {str(permission): text for permission, text in PERMISSION_TEXTS.items()}


def _finish(method: str, operation: dict[str, Any]) -> None:
    """Problems have their own media type; either way of signing in will do; open operations say so."""
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
        if method != "get" and status.startswith("2") and "security" in operation:
            response["headers"] = POSITION_HEADER
    if "security" not in operation:
        operation["security"] = []
        return
    scopes = operation["security"][0]["officer"]
    operation["security"] = [{"officer": scopes}, {"system": scopes}]


def as_yaml(app: FastAPI) -> str:
    """The document as the committed `openapi.yaml` has it."""
    text: str = yaml.safe_dump(document(app), sort_keys=False, allow_unicode=True, width=110)
    return text


def as_json(app: FastAPI) -> bytes:
    """The document as it is served."""
    return json.dumps(document(app), ensure_ascii=False).encode()
