"""The parts of a situation summary, and what each is read with besides the incidents."""

from enum import StrEnum

from app.domain.permissions import Permission


class SituationPart(StrEnum):
    """What a situation summary is made of."""

    CHECK_INS = "check_ins"
    COVERAGE = "coverage"
    DEPLOYMENTS = "deployments"
    INCIDENTS = "incidents"
    SITES = "sites"
    THREAT_LEVELS = "threat_levels"


P = Permission
READ_WITH: dict[SituationPart, frozenset[Permission]] = {
    SituationPart.CHECK_INS: frozenset({P.DEPLOYMENTS_READ}),
    SituationPart.COVERAGE: frozenset({P.DEPLOYMENTS_READ, P.SITES_READ}),
    SituationPart.DEPLOYMENTS: frozenset({P.DEPLOYMENTS_READ}),
    SituationPart.INCIDENTS: frozenset({P.INCIDENTS_READ}),
    SituationPart.SITES: frozenset({P.SITES_READ}),
    SituationPart.THREAT_LEVELS: frozenset({P.THREAT_LEVELS_READ}),
}
