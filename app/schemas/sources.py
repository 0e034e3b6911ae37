"""How good a source is, as it crosses the wire."""

from app.domain.sources import Credibility, Reliability
from app.schemas.fields import Incoming


class SourceGrade(Incoming):
    """How far the source and what it says can be relied on, by the Admiralty scale."""

    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED
