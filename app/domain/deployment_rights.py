"""What each agency may do with a deployment it sees, and which command fits which pair of units."""

from enum import StrEnum

from app.domain.deployments import CommandRelation, DeploymentStatus
from app.domain.errors import FieldError
from app.domain.vocabularies import AgencyKind


class Standing(StrEnum):
    """How an agency stands to a deployment that it may see."""

    OWNER = "owner"  # the agency of the home unit
    CONTROLLING = "controlling"  # operational control has passed to it; administration stays at home
    AUDIENCE = "audience"


class DeploymentAct(StrEnum):
    """What can be done to a deployment, as far as rights tell them apart."""

    CHECK_IN = "check_in"  # and how often that is expected
    FIELD_STEP = "field_step"
    MARK = "mark"  # tlp, classification, audience, recipients
    PLACE = "place"
    PLAN = "plan"  # role, planned strength, window, command, links
    PRESENCE = "presence"  # how many are there
    STEP = "step"


A = DeploymentAct
RIGHTS: dict[Standing, frozenset[DeploymentAct]] = {
    Standing.OWNER: frozenset(DeploymentAct),
    Standing.CONTROLLING: frozenset({A.CHECK_IN, A.FIELD_STEP, A.PLACE, A.PRESENCE}),
    Standing.AUDIENCE: frozenset(),
}

# What whoever commands in the field decides; every other step is the home agency's.
FIELD_STEPS = frozenset(
    {
        DeploymentStatus.ON_SCENE,
        DeploymentStatus.ASSIGNED,
        DeploymentStatus.OUT_OF_SERVICE,
        DeploymentStatus.RELEASED,
    }
)

# These are not bound by the area: they tell of personnel of one's own, or under one's own command.
UNBOUND_ACTS = frozenset({A.CHECK_IN, A.FIELD_STEP, A.PRESENCE, A.STEP})

FIELD_ACTS: dict[str, DeploymentAct] = {
    "audience": A.MARK,
    "check_in_minutes": A.CHECK_IN,
    "classification": A.MARK,
    "command_relation": A.PLAN,
    "controlling_agency": A.PLAN,
    "controlling_unit": A.PLAN,
    "ends_at": A.PLAN,
    "geometry": A.PLACE,
    "incident_id": A.PLAN,
    "recipients": A.MARK,
    "region_code": A.PLACE,
    "role": A.PLAN,
    "site": A.PLACE,
    "site_ids": A.PLAN,
    "starts_at": A.PLAN,
    "strength_planned": A.PLAN,
    "strength_present": A.PRESENCE,
    "threat_level_id": A.PLAN,
    "tlp": A.MARK,
}


class Distance(StrEnum):
    """How far the command over a unit lies from it."""

    SAME_UNIT = "same_unit"
    SAME_AGENCY = "same_agency"
    OTHER_AGENCY = "other_agency"


FITS: dict[CommandRelation, frozenset[Distance]] = {
    CommandRelation.ORGANIK: frozenset({Distance.SAME_UNIT, Distance.SAME_AGENCY}),
    CommandRelation.BKO: frozenset({Distance.SAME_AGENCY, Distance.OTHER_AGENCY}),
    CommandRelation.PERBANTUAN_TNI: frozenset({Distance.OTHER_AGENCY}),
    CommandRelation.KOORDINASI: frozenset({Distance.SAME_AGENCY, Distance.OTHER_AGENCY}),
}

# Under these, operational control passes to the agency that is named.
PASSES_CONTROL = frozenset({CommandRelation.BKO, CommandRelation.PERBANTUAN_TNI})


def standing(
    agency: str, *, owner: str, controlling: str, command_relation: CommandRelation | str
) -> Standing:
    """How an agency stands to a deployment that it may see."""
    if agency == owner:
        return Standing.OWNER
    if agency == controlling and command_relation in PASSES_CONTROL:
        return Standing.CONTROLLING
    return Standing.AUDIENCE


def may_relieve(
    *, owner: str, controlling: str, command_relation: CommandRelation | str, by: frozenset[str]
) -> bool:
    """Whether agencies may take the place of a deployment of `owner`: one of them owns or commands it.

    `by` are the agencies that own and command the one that comes.
    """
    return any(
        standing(each, owner=owner, controlling=controlling, command_relation=command_relation)
        is not Standing.AUDIENCE
        for each in by
    )


def distance(
    home_unit: str, home_agency: str, controlling_unit: str | None, controlling_agency: str
) -> Distance:
    """How far the command lies from the unit; without a unit the agency's own staff commands."""
    if controlling_agency != home_agency:
        return Distance.OTHER_AGENCY
    return Distance.SAME_UNIT if controlling_unit == home_unit else Distance.SAME_AGENCY


def unfit(command_relation: CommandRelation, how_far: Distance, home_kind: str) -> FieldError | None:
    """Why a command does not fit; None where it does."""
    if how_far not in FITS[command_relation]:
        possible = tuple(sorted(each for each in FITS if how_far in FITS[each]))
        values = {"relation": command_relation, "commander": how_far, "possible": possible}
        text = "{relation} does not fit here (the command is with: {commander}); possible: {possible}."
        return FieldError("/command_relation", text, "command_relation", values)
    if command_relation is CommandRelation.PERBANTUAN_TNI and home_kind != AgencyKind.MILITARY:
        text = "perbantuan_tni is for units of the military only."
        return FieldError("/command_relation", text, "command_relation")
    return None
