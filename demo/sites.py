"""Two polling stations as they are watched: registered, judged anew, passed by a patrol."""

from typing import Any

from demo.prepared import DISTRICT, HOME, PLACE, UNIT
from demo.stage import DAY, Stage, at

OPERATION = "serang-2024-fiktif"
MARKET = {"type": "Point", "coordinates": [106.28, -6.14]}
HALL = {"type": "Point", "coordinates": [106.29, -6.15]}
Site = dict[str, Any]


def register_all(stage: Stage) -> list[Site]:
    """Two polling stations that are vulnerable, and how many guard one: as was told of the same Polres."""
    home = stage[HOME]
    for each in home.get("/api/v1/guard-patterns/known")["items"]:
        if each["region_code"] == PLACE:
            taken = ("region_code", "site_kind", "risk", "police_count", "site_count", "linmas_count")
            values = {name: each[name] for name in taken}
            home.create(
                "/api/v1/guard-patterns", operation=OPERATION, source=each["source"],
                as_of=f"{DAY:%Y-%m-%d}", **values,
            )  # fmt: skip
            risk = stage.labels["risk_category", each["risk"]]
            ratio = f"{each['police_count']} polisi/police : {each['site_count']} TPS"
            stage.tell(home, f"pola/pattern {risk}: {ratio} ({each['source']})")
    return [
        register(stage, "TPS 901 Kragilan (fiktif)", MARKET),
        register(stage, "TPS 902 Kragilan (fiktif)", HALL),
    ]


def register(stage: Stage, name: str, place: dict[str, Any]) -> Site:
    """A polling station with its first assessment."""
    home = stage[HOME]
    site = home.create(
        "/api/v1/sites", kind="polling_station", name=name, region_code=DISTRICT, geometry=place,
        risk="rawan", indicators=["no_internet"], rationale="Penilaian awal. A first look (fiktif).",
    )  # fmt: skip
    stage.tell(home, f"{site['reference']} {name}: {judged(stage, site)}")
    return site


def judged(stage: Stage, site: Site) -> str:
    """How a site stands after its newest assessments."""
    return f"{stage.labels['risk_category', site['risk']]}, indeks/index {site['risk_index']}"


def assess(stage: Stage, site: Site) -> None:
    """Judgements of both stay; the site shows the newest."""
    bawaslu, path = stage["bawaslu-banten"], f"/api/v1/sites/{site['id']}"
    made = bawaslu.create(
        f"{path}/assessments", risk="sangat_rawan",
        indicators=["violence_history", "hard_to_reach", "no_internet"],
        rationale="Kunjungan pengawas. Visited by supervisors (fiktif).",
        source={"reliability": "b", "credibility": "2"},
    )  # fmt: skip
    shown = stage[HOME].get(path)
    stage.expect("The risk that it shows", shown["risk"], made["risk"])
    stage.expect("The index that it shows", shown["risk_index"], made["risk_index"]["score"])
    agencies = [each["agency"] for each in stage[HOME].every(f"{path}/assessments")]
    stage.expect("Who has judged", agencies, [HOME, bawaslu.code])
    told = f"{judged(stage, site)} → {judged(stage, shown)}"
    stage.tell(bawaslu, f"menilai ulang/judges anew {site['reference']}: {told}")


def patrol(stage: Stage, site: Site) -> None:
    """A patrol visits one stop and skips another, and says why."""
    stage.scene("21:00", "Patroli malam · A patrol at night")
    home = stage[HOME]
    plan = home.create(
        "/api/v1/patrol-plans", name="Patroli malam Kragilan (fiktif)", unit=UNIT, region_code=DISTRICT,
        weekdays=["wed"], start_time="21:00",
        stops=[
            {"minute": 15, "site_id": site["id"]},
            {"minute": 40, "name": "Balai desa (fiktif)", "geometry": HALL},
        ],
    )  # fmt: skip
    path = f"/api/v1/patrol-plans/{plan['id']}/patrols"
    run = home.create(path, on_date=f"{DAY:%Y-%m-%d}")
    path = f"/api/v1/patrols/{run['id']}"
    home.move(path, "under_way", "Regu berangkat. The patrol sets out (fiktif).", at=at("21:00"))
    first, second = home.every(f"{path}/stops")
    seen = {"geometry": MARKET, "visited_at": at("21:14"), "remark": "Aman. Calm (fiktif)."}
    visit = home.create(f"{path}/stops/{first['id']}/visit", **seen)
    stage.expect("How far from the stop they stood", visit["distance_m"], 0)
    why = {"reason": "Jembatan putus. The bridge is down (fiktif).", "skipped_at": at("21:38")}
    home.create(f"{path}/stops/{second['id']}/skip", **why)
    over = home.move(path, "completed", "Regu kembali. The patrol is back (fiktif).", at=at("22:00"))
    stops = home.every(f"{path}/stops")
    stage.expect("The stops of the patrol", [each["state"] for each in stops], ["visited", "skipped"])
    for each in stops:
        state = stage.labels["patrol_stop_state", each["state"]]
        stage.tell(home, f"{over['reference']} {each['number']}: {state} · {each['remark']}")
