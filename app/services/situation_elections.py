"""Of a situation: the elections that a region has ahead, and the days to their voting."""

from datetime import datetime

from app.database import Session
from app.domain.actors import Actor
from app.domain.calendars import day_of
from app.schemas.situation import ElectionAhead, ElectionsAhead
from app.services import elections


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> ElectionsAhead:
    """What `GET /api/v1/elections/current` says, in short; what is ahead is told of a place only."""
    if region is None:
        return ElectionsAhead(days_to_voting=None, items=None)
    ahead = await elections.counting(session, actor, region, day_of(at))
    items = [
        ElectionAhead.model_validate(
            {
                **each.election.model_dump(),
                "election_id": each.election.id,
                "days_to_voting": each.days_to_voting,
                "stage": each.stage,
            }
        )
        for each in ahead
    ]
    return ElectionsAhead(days_to_voting=elections.next_vote(ahead), items=items)
