"""What is stored: tables and constraints, no behaviour."""

from app.models import agencies, deployments, incidents, ledger, operations, regions

# Every table is one of these; a test walks the metadata.
LEDGERED = (
    agencies.AgencyRow,
    agencies.UnitRow,
    agencies.AccountRow,
    regions.DatasetRow,
    incidents.IncidentRow,
    incidents.IncidentNoteRow,
    incidents.IncidentLinkRow,
    incidents.IncidentPartyRow,
    deployments.DeploymentRow,
    deployments.UnitStrengthRow,
)
# What agencies share; the others are parts of these, or settings.
RECORDS = (incidents.IncidentRow, deployments.DeploymentRow, deployments.UnitStrengthRow)
LEDGER = (ledger.LedgerRow, ledger.LedgerDisclosureRow, ledger.LedgerHeadRow)
REFERENCE = (regions.RegionRow, regions.JurisdictionRow)  # each row belongs to a ledgered data set
OPERATIONAL = (operations.IdempotencyRow, deployments.UnitTurnRow)
