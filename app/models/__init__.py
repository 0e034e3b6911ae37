"""What is stored: tables and constraints, no behaviour."""

from app.models import (
    agencies,
    attachments,
    credentials,
    deployments,
    identities,
    incidents,
    ledger,
    operations,
    personal_data,
    regions,
    threat_levels,
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
OPERATIONAL = (
    ledger.LedgerLeaseRow,
    operations.IdempotencyRow,
    operations.SignInCounterRow,
    deployments.UnitTurnRow,
    credentials.CredentialUseRow,
    agencies.AccountTurnRow,
)
