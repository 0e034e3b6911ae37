"""The lifecycle of an incident: which step leads from which status to which."""

from enum import StrEnum


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    VERIFIED = "verified"
    RESPONDING = "responding"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    CLOSED = "closed"
    FALSE_REPORT = "false_report"
    DUPLICATE = "duplicate"


S = IncidentStatus
INCIDENT_STEPS: dict[IncidentStatus, frozenset[IncidentStatus]] = {
    S.REPORTED: frozenset({S.VERIFIED, S.FALSE_REPORT, S.DUPLICATE}),
    S.VERIFIED: frozenset({S.REPORTED, S.RESPONDING, S.RESOLVED, S.FALSE_REPORT, S.DUPLICATE}),
    S.RESPONDING: frozenset({S.VERIFIED, S.CONTAINED, S.RESOLVED}),
    S.CONTAINED: frozenset({S.RESPONDING, S.RESOLVED}),
    S.RESOLVED: frozenset({S.RESPONDING, S.CLOSED}),
    S.CLOSED: frozenset({S.VERIFIED}),
    S.FALSE_REPORT: frozenset({S.REPORTED}),
    S.DUPLICATE: frozenset({S.REPORTED}),
}

# An agency whose people's conduct is alleged may not take these steps (DESIGN: conflict of interest).
ENDING_STEPS = frozenset({S.RESOLVED, S.CLOSED, S.FALSE_REPORT, S.DUPLICATE})
