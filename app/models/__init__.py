"""What is stored: tables and constraints, no behaviour."""

from app.models import (
    access_log,
    agencies,
    attachments,
    break_glass,
    credentials,
    deployments,
    identities,
    incidents,
    ledger,
    oauth,
    operations,
    personal_data,
    regions,
    sites,
    threat_levels,
    witnesses,
)

# Every table is one of these; a test walks the metadata.
LEDGERED = (
    agencies.AgencyRow,
    agencies.UnitRow,
    agencies.AccountRow,
    identities.AccountIdentityRow,
    agencies.RedVoucherRow,
    credentials.CredentialRow,
    regions.DatasetRow,
    incidents.IncidentRow,
    incidents.IncidentNoteRow,
    incidents.IncidentLinkRow,
    incidents.IncidentPartyRow,
    attachments.AttachmentRow,
    attachments.CustodyRow,
    threat_levels.ThreatLevelRow,
    threat_levels.ThreatLevelProposalRow,
    deployments.DeploymentRow,
    deployments.UnitStrengthRow,
    sites.SiteRow,
    sites.SiteAssessmentRow,
    break_glass.BreakGlassRow,
    access_log.AccessCommitRow,
    personal_data.ErasureRow,
    personal_data.LegalHoldRow,
    personal_data.DisclosureRow,
    personal_data.DataSubjectRequestRow,
    personal_data.BreachRow,
)
RECORDS = (  # what agencies share; the others are parts of these, or settings
    incidents.IncidentRow,
    threat_levels.ThreatLevelRow,
    threat_levels.ThreatLevelProposalRow,
    deployments.DeploymentRow,
    deployments.UnitStrengthRow,
    sites.SiteRow,
    personal_data.DataSubjectRequestRow,
    personal_data.BreachRow,
)
LEDGER = (
    ledger.LedgerRow,
    ledger.LedgerDisclosureRow,
    ledger.LedgerHeadRow,
    ledger.LedgerLeafRow,
    ledger.LedgerTileRow,
    ledger.LedgerCheckpointRow,
    ledger.LedgerCosignatureRow,
)
REFERENCE = (regions.RegionRow, regions.JurisdictionRow)  # each row belongs to a ledgered data set
EXPIRING = (  # whose rows are swept when new ones come
    oauth.AuthorizationCodeRow,
    oauth.RefreshFamilyRow,
    oauth.SessionRow,
    oauth.SpentRow,
)
OPERATIONAL = (
    ledger.LedgerLeaseRow,
    witnesses.WitnessRow,
    operations.IdempotencyRow,
    operations.SignInCounterRow,
    deployments.UnitTurnRow,
    credentials.CredentialUseRow,
    agencies.AccountTurnRow,
    *EXPIRING,
    break_glass.BreakGlassTryRow,
    access_log.AccessRow,
    access_log.AccessHeadRow,
)
