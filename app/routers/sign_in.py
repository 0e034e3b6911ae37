"""The sign-in page and its session: plain HTML, no script, in two languages; and what the session gives."""

import html
import re
import secrets
from pathlib import Path
from string import Template
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Request, Response

from app.domain.errors import Forbidden
from app.routers.languages import LanguageAsked
from app.routers.oauth import NO_STORE, settle, told
from app.routers.problems import told_in
from app.schemas.sign_in import AuthorizationRequest, SignInForm
from app.services import sign_in
from app.services.sign_in import Asked, SignedIn, UnknownClient
from app.texts.catalogue import say
from app.texts.languages import Language

STATIC = Path(__file__).parents[1] / "static"
FRAME = (STATIC / "sign-in.html").read_text("utf-8")
PARTS = {
    name: (STATIC / f"sign-in-{name}.html").read_text("utf-8")
    for name in ("authenticator", "form", "unknown")
}
SAID = re.compile(r"\{\{(.+?)\}\}")  # an English text in a page
SHIFT_SECONDS = 8 * 3600
FORM_SECONDS = 3600
PARAMETERS = tuple(AuthorizationRequest.model_fields)

router = APIRouter(include_in_schema=False)


@router.get("/oauth2/authorize")
async def show_sign_in(request: Request, language: LanguageAsked) -> Response:
    try:
        answer = await settle(request, sign_in.arrive, _asked(request), _cookie(request, "session"))
    except UnknownClient:
        return _page(request, language, "unknown", 400)
    return _onwards(request, language, answer, 200)


@router.post("/oauth2/authorize")
async def send_sign_in(
    request: Request, language: LanguageAsked, said: Annotated[SignInForm, Form()]
) -> Response:
    try:
        nonce = _cookie(request, "form")
        answer = await settle(request, sign_in.enter, _asked(request), said, nonce)
    except UnknownClient:
        return _page(request, language, "unknown", 400)
    return _onwards(request, language, answer, 400, said.username)


@router.post("/oauth2/session/token")
async def renew_token(request: Request) -> Response:
    _from_here(request)
    token = await settle(request, sign_in.token, _cookie(request, "session"))
    return told(token) if token else Response(status_code=204, headers=NO_STORE)


@router.post("/oauth2/session/end")
async def sign_out(request: Request) -> Response:
    _from_here(request)
    await settle(request, sign_in.leave, _cookie(request, "session"))
    headers = {**NO_STORE, "Location": "../../docs"}
    response = Response(status_code=303, headers=headers)
    _set_cookie(request, response, "session", "", 0)
    return response


def _asked(request: Request) -> AuthorizationRequest:
    """What the client asks; a parameter that stands twice counts as none (RFC 6749 §3.1)."""
    given = {name: request.query_params.getlist(name) for name in PARAMETERS}
    return AuthorizationRequest(**{name: each[0] for name, each in given.items() if len(each) == 1})


def _from_here(request: Request) -> None:
    """The cookie comes with requests of this site only; a browser that says more is held to it."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Forbidden("This is for pages of this service only.")


def _onwards(
    request: Request, language: Language, answer: SignedIn | Asked, status: int, username: str = ""
) -> Response:
    """To the client, or the page with what it asks for."""
    if isinstance(answer, SignedIn):
        response = Response(
            status_code=303, headers={**NO_STORE, **_safe(request), "Location": answer.location}
        )
        if answer.cookie:
            _set_cookie(request, response, "session", answer.cookie, SHIFT_SECONDS)
        return response
    nonce = _cookie(request, "form") or secrets.token_urlsafe(32)
    values = {
        "form": sign_in.form_token(request.app.state.authority, nonce),
        "username": username,
        "refusal": say(language, answer.refusal),
        "no_refusal": "" if answer.refusal else " hidden",
        "account": answer.account,
        "proof": answer.proof,
    }
    part = "form"
    if answer.offer:
        part = "authenticator"
        values |= {"seed": answer.offer.secret, "address": answer.offer.address, "offer": answer.offer.offer}
    if answer.offer and not answer.refusal:
        status = 200
    response = _page(request, language, part, 429 if answer.retry_after else status, **values)
    if answer.retry_after:
        response.headers["Retry-After"] = str(answer.retry_after)
    _set_cookie(request, response, "form", nonce, FORM_SECONDS)
    return response


def _page(request: Request, language: Language, part: str, status: int, **values: str) -> Response:
    """The page in a language; whatever stands in it is made harmless first."""
    asked = _asked(request).model_dump(exclude_defaults=True)
    here = {each: "authorize?" + urlencode({**asked, "lang": each}) for each in Language}
    known = {
        "language": language,
        "client": asked.get("client_id", ""),
        "action": here[language],
        **{f"here_{each}": here[each] for each in Language},
        **{f"current_{each}": "page" if each is language else "false" for each in Language},
        **values,
    }
    safe: dict[str, Any] = {name: html.escape(value, quote=True) for name, value in known.items()}
    whole = FRAME.replace("$part", PARTS[part])
    text = Template(SAID.sub(lambda found: html.escape(say(language, found[1])), whole)).substitute(safe)
    headers = {**NO_STORE, **_safe(request), **told_in(language)}
    return Response(text, status_code=status, headers=headers, media_type="text/html")


def _safe(request: Request) -> dict[str, str]:
    """What keeps the page to itself; a browser counts the client's address as a target of the form too."""
    asked = _asked(request)
    target = ""
    if asked.redirect_uri in request.app.state.authority.clients.get(asked.client_id, ()):
        url = urlsplit(asked.redirect_uri)
        target = f" {url.scheme}://{url.netloc}" if url.netloc else f" {url.scheme}:"
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; "
            f"form-action 'self'{target}; frame-ancestors 'none'; base-uri 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _is_secure(request: Request) -> bool:
    return str(request.app.state.authority.url).startswith("https:")


def _name(request: Request, name: str) -> str:
    """Over TLS the prefix makes browsers refuse the cookie from any other host of the domain."""
    return f"{'__Host-' if _is_secure(request) else ''}siaga_{name}"


def _cookie(request: Request, name: str) -> str:
    return request.cookies.get(_name(request, name), "")


def _set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, name), value, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=_is_secure(request),
    )  # fmt: skip
