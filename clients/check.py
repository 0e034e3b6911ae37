"""Calls a running service with the client that openapi-python-client makes of openapi.yaml."""

import sys
import time
from datetime import UTC, datetime

from siaga_generated import AuthenticatedClient
from siaga_generated.api.bulk import report_incidents
from siaga_generated.api.incidents import list_incidents, read_incident, report_incident
from siaga_generated.models import BulkAnswer, Incident, IncidentCreate, IncidentCreateKind, ProblemDetails

ABSENT = "01930000-0000-7000-8000-000000000000"


def main(url: str, token: str) -> None:
    """One report, read again, sent again in a bulk, listed, and a refusal."""
    client = AuthenticatedClient(base_url=url, token=token)
    report = IncidentCreate(
        external_source="klien-py",
        external_id=str(time.time_ns()),
        title="Dari klien Python (fiktif)",
        kind=IncidentCreateKind.LOG_DAMAGE,
        region_code="36",
        occurred_at=datetime(2024, 11, 25, tzinfo=UTC),
    )
    made = report_incident.sync(client=client, body=report)
    assert isinstance(made, Incident), made
    read = read_incident.sync(made.id, client=client)
    assert isinstance(read, Incident), read
    assert read.title == report.title
    told = report_incidents.sync(client=client, body=[report])
    assert isinstance(told, BulkAnswer), told
    assert told.unchanged == 1
    page = list_incidents.sync(client=client, external_source="klien-py", limit=1)
    assert page.items[0].id == made.id
    refused = read_incident.sync(ABSENT, client=client)
    assert isinstance(refused, ProblemDetails), refused
    print(f"Python: {made.reference} read, listed and sent again; 404 is typed")


if __name__ == "__main__":
    main(*sys.argv[1:])
