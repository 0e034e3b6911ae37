"""Four scenes of the day, all of them made up; each says in its first line what it is about."""

from typing import Any
from uuid import uuid4

from demo.agency import INCIDENTS, Agency, Unexpected
from demo.stage import Stage, at, marking

# Neighbours in Kabupaten Tangerang; the border of the two Polda runs between them.
CURUG, CIKUPA = "36.03.17", "36.03.18"
LEBAK, PANDEGLANG = "36.02", "36.01"


def clash(stage: Stage) -> None:
    """One event, two Polda, two records that are linked and never merged."""
    stage.scene("13:50", "Bentrok di batas dua Polda · A clash where two Polda meet")
    jaya, banten = stage["polda-metro-jaya"], stage["polda-banten"]
    for region in (CURUG, CIKUPA):
        who_covers(stage, banten, region)
    facts = {
        "kind": "mass_supporter_clash",
        "severity": "moderate",
        "description": "Contoh fiktif. A made-up example.",
        "tlp": "AMBER",
        "source": {"channel": "patrol", "reliability": "b", "credibility": "2"},
    }
    there = {
        **facts,
        "title": "Bentrok pendukung di batas Curug (fiktif)",
        "region_code": CURUG,
        "occurred_at": at("13:50"),
    }
    stage.refusal(banten, banten.refused("POST", INCIDENTS, 403, "outside-jurisdiction", json=there))
    west = banten.report(
        **facts, title="Bentrok pendukung di batas Cikupa (fiktif)", region_code=CIKUPA,
        occurred_at=at("14:00"), audience=["polda-metro-jaya"],
    )  # fmt: skip
    stage.reported(banten, west)
    east = jaya.report(**there, audience=["polda-banten"])
    stage.reported(jaya, east)
    same_event(stage, jaya, east, west)
    work_together(stage, jaya, east)
    west = banten.step(west["id"], "verified", "Dicek oleh Polsek. Checked on the spot.")
    stage.tell(banten, f"langkah/step {west['reference']}: {stage.status(west)}")


def who_covers(stage: Stage, agency: Agency, region: str) -> None:
    """Ask which police cover a place, and how sure that is."""
    answer = agency.get(f"/api/v1/regions/{region}/responsible")
    for each in answer["police"]:
        sure = stage.labels["confidence", each["confidence"]]
        place = f"{answer['region']['code']} {answer['region']['name']}"
        stage.tell(agency, f"siapa/who covers {place}: {each['agency']}, {each['unit']} ({sure})")


def same_event(stage: Stage, agency: Agency, record: dict[str, Any], other: dict[str, Any]) -> None:
    """The service proposes, an officer decides; both records stay what they are."""
    proposed = agency.get(f"{INCIDENTS}/{record['id']}/suggestions")["same_event"]
    names = [each["reference"] for each in proposed]
    stage.tell(agency, f"saran/suggestion: peristiwa sama/same event? {', '.join(names)}")
    if other["reference"] not in names:
        raise Unexpected(f"The suggestions of {record['reference']} lack {other['reference']}: {names}")
    agency.add(record["id"], "links", target_id=proposed[0]["id"], kind="same_event_as")
    for link in agency.get(f"{INCIDENTS}/{record['id']}/links")["items"]:
        ends = [agency.incident(link[end])["reference"] for end in ("incident_id", "target_id")]
        told = f"{ends[0]} {link['kind']} {ends[1]} ({stage.labels['link_kind', link['kind']]})"
        stage.tell(agency, f"tautan/link: {told}")


def work_together(stage: Stage, jaya: Agency, record: dict[str, Any]) -> None:
    """Widen the marking, assign, note, step; a change on an old version is refused."""
    identity, path = record["id"], f"{INCIDENTS}/{record['id']}"
    helpers = ["korem-052", "pemkab-tangerang"]
    wanted = {"assigned_agencies": helpers}
    first = {"If-Match": jaya.etags[path]}
    stage.refusal(jaya, jaya.refused("PATCH", path, 422, "invalid", json=wanted, headers=first))
    record = jaya.change(identity, audience=[*record["audience"], *helpers])
    stage.tell(jaya, f"penandaan/marking: {marking(record)}")
    record = jaya.change(identity, **wanted, lead_agency=jaya.code)
    assigned = ", ".join(record["assigned_agencies"])
    stage.tell(jaya, f"memimpin/leads: {record['lead_agency']}; ditugasi/assigned: {assigned}")
    late = {"severity": "severe"}  # decided on the version that was read before all this
    stage.refusal(jaya, jaya.refused("PATCH", path, 412, "precondition-failed", json=late, headers=first))
    stage["korem-052"].add(identity, "notes", text="Satu peleton siaga. One platoon stands by (fiktif).")
    stage["pemkab-tangerang"].add(identity, "notes", text="Ambulans tiba. Ambulance on site (fiktif).")
    for note in jaya.get(f"{path}/notes")["items"]:
        stage.tell(stage[note["agency"]], f"catatan/note: {note['text']}")
    for status in ("verified", "responding", "contained"):
        record = jaya.step(identity, status, "Perkembangan lapangan. As it went in the field (fiktif).")
        stage.tell(jaya, f"langkah/step {record['reference']}: {stage.status(record)}")


def logistics(stage: Stage) -> None:
    """A problem that every partner may know of, from the report to the end."""
    stage.scene("05:30", "Kotak suara basah · Ballot boxes in the rain")
    kpu = stage["kpu-banten"]
    record = kpu.report(
        title="Kotak suara basah di gudang (fiktif)", description="Contoh fiktif. A made-up example.",
        kind="log_damage", severity="moderate", region_code=LEBAK, site="Gudang logistik (fiktif)",
        occurred_at=at("05:30"), tlp="GREEN", lead_agency=kpu.code,
        assigned_agencies=["polda-banten", "pemkab-lebak", "korem-064"],
    )  # fmt: skip
    stage.reported(kpu, record)
    for code, text in (
        ("pemkab-lebak", "Dua truk disiapkan. Two lorries made ready (fiktif)."),
        ("polda-banten", "Pengawalan siap. Escort ready (fiktif)."),
    ):
        helper = stage[code]
        stage.tell(helper, f"catatan/note: {helper.add(record['id'], 'notes', text=text)['text']}")
    send_twice(stage, kpu, record["id"])
    for status in ("responding", "contained", "resolved", "closed"):
        record = kpu.step(record["id"], status, "Sesuai prosedur. By the book (fiktif).")
        stage.tell(kpu, f"langkah/step {record['reference']}: {stage.status(record)}")
    past = kpu.get(f"{INCIDENTS}/{record['id']}/history")["items"]
    stage.tell(kpu, f"riwayat/history: {', '.join(each['action'].partition('.')[2] for each in past)}")


def send_twice(stage: Stage, agency: Agency, identity: str) -> None:
    """A step is sent again, as after a lost connection: it takes effect once."""
    path, step = f"{INCIDENTS}/{identity}/steps", {"to": "verified", "reason": "Dicek KPU. Checked (fiktif)."}
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (agency.send("POST", path, json=step, headers=key) for _ in range(2))
    positions = [answer.headers["siaga-ledger-position"] for answer in (first, second)]
    replayed = second.headers.get("idempotency-replayed")
    if positions[0] != positions[1] or replayed != "true":
        raise Unexpected(f"{path} took effect at {positions}; Idempotency-Replayed: {replayed}")
    told = f"entri/entry {positions[0]} = {positions[1]}, Idempotency-Replayed: {replayed}"
    stage.tell(agency, f"dikirim dua kali/sent twice: {told}")


def finding(stage: Stage) -> None:
    """What only two agencies may know; for all others it does not exist."""
    stage.scene("06:15", "Temuan pengawas · A supervisor's finding")
    bawaslu, banten, outsider = stage["bawaslu-banten"], stage["polda-banten"], stage["pemkab-pandeglang"]
    record = bawaslu.report(
        title="Dugaan politik uang (fiktif)", description="Contoh fiktif. A made-up example.",
        kind="eo_money_politics", region_code=PANDEGLANG, occurred_at=at("06:15"),
        tlp="AMBER+STRICT", classification="terbatas", audience=["polda-banten"],
    )  # fmt: skip
    stage.reported(bawaslu, record)
    path = f"{INCIDENTS}/{record['id']}"
    bawaslu.add(record["id"], "parties", role="witness", name="Saksi A (fiktif)")
    read = banten.incident(record["id"])
    people = len(banten.get(f"{path}/parties")["items"])
    stage.tell(banten, f"membaca/reads {read['reference']}, orang/persons: {people}")
    evidence(stage, bawaslu, banten, record["id"])
    hidden = outsider.send("GET", path, 404)
    absent = outsider.send("GET", f"{INCIDENTS}/{uuid4()}", 404)
    if hidden.content != absent.content:
        raise Unexpected(f"A hidden record and an absent one differ: {hidden.text} / {absent.text}")
    told = f"{hidden.status_code} {hidden.json()['title']}"
    stage.tell(
        outsider, f"membaca/reads: {told} (sama dengan id yang tak ada / as for an id that does not exist)"
    )


def evidence(stage: Stage, holder: Agency, receiver: Agency, identity: str) -> None:
    """A file goes with the record, and passes from hand to hand; what waits for the receiver says so."""
    sent = b"Catatan pengawas (fiktif). A supervisor's notes, made up.\n"
    file = holder.attach(identity, "catatan-fiktif.txt", sent)
    told = f"{file['file_name']}, {file['byte_count']} byte, SHA-256 {file['sha256'][:16]}…"
    stage.tell(holder, f"lampiran/attachment: {told}")
    path = f"{INCIDENTS}/{identity}/attachments/{file['id']}"
    stage.expect("What is downloaded", receiver.send("GET", f"{path}/content").content, sent)
    purpose = "Untuk diperiksa. To be examined (fiktif)."
    holder.create(f"{path}/custody", kind="handed_over", to=receiver.code, purpose=purpose)
    waiting = [each for each in stage.inbox(receiver) if each["subject_id"] == file["id"]]
    stage.expect("What waits for it", [each["path"] for each in waiting], [f"{path}/custody"])
    receiver.create(f"{path}/custody", kind="received", purpose=purpose)
    stage.tell(receiver, f"bukti dipegang/evidence held by {receiver.get(path)['held_by']}")
    stage.expect("What still waits", [each for each in stage.inbox(receiver) if each in waiting], [])


def accusation(stage: Stage) -> None:
    """A record about its own owner: the owner may not end it, oversight decides."""
    stage.scene("11:00", "Laporan tentang pemiliknya · A record about its own owner")
    kpu, bawaslu = stage["kpu-banten"], stage["bawaslu-banten"]
    record = kpu.report(
        title="Surat suara tertukar (fiktif)", description="Contoh fiktif. A made-up example.",
        kind="log_swapped", severity="moderate", region_code=PANDEGLANG, occurred_at=at("11:00"),
        audience=["bawaslu-banten"],
    )  # fmt: skip
    stage.reported(kpu, record)
    path = f"{INCIDENTS}/{record['id']}"
    accused = {"agency": kpu.code, "reason": "Dugaan kelalaian petugas. Neglect is alleged (fiktif)."}
    bawaslu.send("POST", f"{path}/about-agencies", json=accused)
    named = ", ".join(bawaslu.incident(record["id"])["about_agencies"])
    stage.tell(bawaslu, f"menyebut/names about_agencies: {named}")
    ending = {"to": "false_report", "reason": "Menurut kami tidak benar. We say it is not so (fiktif)."}
    stage.refusal(kpu, kpu.refused("POST", f"{path}/steps", 403, "conflict-of-interest", json=ending))
    record = bawaslu.step(record["id"], "verified", "Diperiksa pengawas. Checked by oversight (fiktif).")
    stage.tell(bawaslu, f"langkah/step {record['reference']}: {stage.status(record)}")
