"""Subjects of identity providers, linked to accounts as an operator's command does it."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.change import Change
from app.services import identities
from tests.support.service import Service


async def _done(service: Service, decide: Callable[..., Awaitable[Change | None]], *named: Any) -> None:
    async with service.app.state.database.session() as session:
        change = await decide(session, *named)
    if change:
        await service.app.state.lane.write(change)


async def linked(service: Service, issuer: str, subject: str, account: str) -> None:
    await _done(service, identities.link, issuer, subject, account)


async def unlinked(service: Service, issuer: str, subject: str) -> None:
    await _done(service, identities.unlink, issuer, subject)
