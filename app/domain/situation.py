"""The parts of a situation summary, and what each is read with besides the incidents."""

from enum import StrEnum

from app.domain.permissions import Permission


class SituationPart(StrEnum):
    """What a situation summary is made of."""

    ACKNOWLEDGEMENTS = "acknowledgements"
    ASSISTANCE = "assistance"
    CHECK_INS = "check_ins"
    COVERAGE = "coverage"
    DEPLOYMENTS = "deployments"
    ELECTIONS = "elections"
    INCIDENTS = "incidents"
    PATROLS = "patrols"
    POSTURE = "posture"
    READINESS = "readiness"
    SITES = "sites"
    THREAT_LEVELS = "threat_levels"


P = Permission
READ_WITH: dict[SituationPart, frozenset[Permission]] = {
    SituationPart.ACKNOWLEDGEMENTS: frozenset({P.INCIDENTS_READ, P.THREAT_LEVELS_READ}),
    SituationPart.ASSISTANCE: frozenset({P.ASSISTANCE_READ}),
    SituationPart.CHECK_INS: frozenset({P.DEPLOYMENTS_READ}),
    SituationPart.COVERAGE: frozenset({P.DEPLOYMENTS_READ, P.SITES_READ}),
    SituationPart.DEPLOYMENTS: frozenset({P.DEPLOYMENTS_READ}),
    SituationPart.ELECTIONS: frozenset({P.REFERENCE_READ}),
    SituationPart.INCIDENTS: frozenset({P.INCIDENTS_READ}),
    SituationPart.PATROLS: frozenset({P.PATROLS_READ}),
    SituationPart.POSTURE: frozenset({P.POSTURE_READ}),
    SituationPart.READINESS: frozenset({P.READINESS_READ}),
    SituationPart.SITES: frozenset({P.SITES_READ}),
    SituationPart.THREAT_LEVELS: frozenset({P.THREAT_LEVELS_READ}),
}
