"""Incidents: what agencies do with them, through HTTP."""

from tests.support.service import Service, incident, report


async def test_an_incident_is_read_as_it_was_reported(service: Service):
    made = await report(service, "operator.polda-banten", title="Gudang bocor", severity="moderate")
    client = await service.client("operator.polda-banten")
    answer = await client.get(f"/api/v1/incidents/{made['id']}")
    assert answer.json() == made
    assert answer.headers["etag"] == '"1"'


async def test_another_agency_cannot_tell_that_it_exists(service: Service):
    made = await report(service, "operator.polda-banten")
    client = await service.client("commander.kpu-banten")
    hidden = await client.get(f"/api/v1/incidents/{made['id']}")
    absent = await client.get("/api/v1/incidents/01930000-0000-7000-8000-000000000000")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


async def test_a_report_outside_the_area_is_refused(service: Service):
    client = await service.client("operator.polda-banten")
    answer = await client.post("/api/v1/incidents", json=incident(region_code="36.03.13"))
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:siaga:problem:outside-jurisdiction"
