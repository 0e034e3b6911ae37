"""Files of an incident: what is taken, how it is kept, how it is given out."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.support.calls import (
    ABSENT,
    INCIDENTS,
    OPERATOR,
    attach,
    get,
    ledger_size,
    post,
    refused,
    stored,
    url,
)
from tests.support.service import Service, report

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
MOST = 10_485_760
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64
SOUND = {
    "PDF": ("berita acara.pdf", b"%PDF-1.7\n...", "application/pdf"),
    "PNG": ("segel.png", PNG, "image/png"),
    "JPEG": ("segel.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    "WebP": ("segel.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    "MP4": ("kamera.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "video/mp4"),
    "text": ("piket.txt", "Pukul 06.10: segel utuh. é".encode(), "text/plain"),
    "CSV": ("suara.csv", b"tps,suara\n1,200\n", "text/csv"),
}


def declared(answer: httpx.Response) -> Any:
    return answer.json()["media_type"]


@pytest.mark.parametrize("kind", SOUND)
async def test_a_file_comes_back_as_it_was_sent(service: Service, kind: str):
    name, content, media_type = SOUND[kind]
    made = await report(service, OPERATOR, **SHARED)
    added = await attach(service, OPERATOR, made, content, name=name, declared=media_type, note="Bukti awal.")
    assert added.status_code == 201, added.text
    file = added.json()
    assert file["sha256"] == hashlib.sha256(content).hexdigest()
    assert (file["file_name"], file["media_type"], file["byte_count"]) == (name, media_type, len(content))
    assert (file["agency"], file["held_by"], file["note"]) == ("polda-banten", "polda-banten", "Bukti awal.")
    assert (await get(service, KPU, added.headers["location"])).json() == file
    assert (await get(service, KPU, url(made, "/attachments"))).json()["items"] == [file]
    back = await get(service, KPU, f"{added.headers['location']}/content")
    assert (back.status_code, back.content) == (200, content)
    assert back.headers["content-type"].partition(";")[0] == media_type


async def test_a_file_is_only_given_to_be_saved(service: Service):
    made = await report(service, OPERATOR)
    added = await attach(service, OPERATOR, made, PNG, name='Féto "1".png', declared="image/png")
    client, path = await service.client(OPERATOR), f"{added.headers['location']}/content"
    answer, head = await client.get(path), await client.head(path)
    assert head.content == b""
    assert dict(head.headers) == dict(answer.headers)
    names = "filename=\"Feto _1_.png\"; filename*=UTF-8''F%C3%A9to%20_1_.png"
    assert answer.headers["content-disposition"] == f"attachment; {names}"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["cache-control"] == "private, no-store"
    held = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (held.status_code, held.content) == (304, b"")


NAMES = {
    "../../etc/passwd": "passwd.txt",
    "C:\\Users\\piket\\catatan.txt": "catatan.txt",
    "gambar\u202egpj.exe": "gambargpj.exe.txt",
    "...": "lampiran.txt",
    "dua  spasi .txt": "dua spasi .txt",
    'a<b>c:d"e|f?g*h.txt': "a_b_c_d_e_f_g_h.txt",
    "x" * 500 + ".log": "x" * 146 + ".log",
    "CATATAN.TXT": "CATATAN.TXT",
}


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_only_a_name_and_ends_as_the_content_does(service: Service, name: str):
    made = await report(service, OPERATOR)
    added = await attach(service, OPERATOR, made, name=name)
    assert added.json()["file_name"] == NAMES[name]


async def test_the_name_tells_a_table_from_text_where_nothing_is_declared(service: Service):
    made = await report(service, OPERATOR)
    for name, told, expected in (
        ("a.csv", "application/octet-stream", "text/csv"),
        ("a.csv", "application/vnd.ms-excel", "text/csv"),
        ("a.txt", "application/octet-stream", "text/plain"),
        ("a", "", "text/plain"),
        ("a.csv", "text/plain; charset=utf-8", "text/plain"),
    ):
        added = await attach(service, OPERATOR, made, b"a,b\n", name=name, declared=told)
        assert declared(added) == expected, (name, told)


WRONG = {
    "nothing": ("kosong.txt", b"", "text/plain"),
    "a program": ("a.exe", b"MZ\x90\x00", "application/octet-stream"),
    "a program called a picture": ("a.png", b"MZ\x90\x00", "image/png"),
    "a picture declared as a document": ("a.pdf", PNG, "application/pdf"),
    "a page": ("a.txt", b"\n <html><script>1</script>", "text/plain"),
    "a page declared as one": ("a.html", b"<!doctype html>", "text/html"),
    "a drawing that runs": ("a.svg", b"<svg onload='1'>", "image/svg+xml"),
    "an archive": ("a.zip", b"PK\x03\x04", "application/zip"),
    "a QuickTime film": ("a.mp4", b"\x00\x00\x00\x14ftypqt  ", "video/mp4"),
    "text that is no UTF-8": ("a.txt", b"\xff\xfea\x00", "text/plain"),
    "text cut off within a letter": ("a.txt", "é".encode()[:1], "text/plain"),
    "text with controls": ("a.txt", b"a\x1b[31m", "text/plain"),
    "text with a NUL": ("a.txt", b"a" * 300_000 + b"\x00", "text/plain"),
    "text declared as a table of another kind": ("a.csv", b"a,b", "application/json"),
}


@pytest.mark.parametrize("kind", WRONG)
async def test_what_is_not_taken_is_refused_by_name_and_leaves_nothing(service: Service, kind: str):
    made = await report(service, OPERATOR)
    size, files = await ledger_size(service), stored(service)
    name, content, media_type = WRONG[kind]
    answer = await attach(service, OPERATOR, made, content, name=name, declared=media_type)
    refused(answer, 422, "invalid", "/file")
    assert (await ledger_size(service), stored(service)) == (size, files)


async def test_the_largest_file_is_taken_and_one_byte_more_is_not(service: Service):
    made = await report(service, OPERATOR)
    files = stored(service)
    assert (await attach(service, OPERATOR, made, b"a" * MOST)).status_code == 201
    refused(await attach(service, OPERATOR, made, b"a" * (MOST + 1)), 413, "payload-too-large")
    assert len(stored(service)) == len(files) + 1


async def test_a_key_makes_sending_a_file_again_safe(service: Service):
    made = await report(service, OPERATOR)
    headers = {"Idempotency-Key": f"file-{made['id']}"}
    first = await attach(service, OPERATOR, made, PNG, declared="image/png", headers=headers)
    size, files = await ledger_size(service), stored(service)
    again = await attach(
        service, OPERATOR, made, PNG, declared="image/png", headers=headers
    )  # another boundary
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (await ledger_size(service), stored(service)) == (size, files)
    for other in (
        {"content": PNG + b"x"},
        {"content": PNG, "name": "b.png"},
        {"content": PNG, "note": "Lain."},
    ):
        answer = await attach(service, OPERATOR, made, declared="image/png", headers=headers, **other)
        refused(answer, 422, "idempotency-key-reused")


async def test_the_same_file_elsewhere_tells_nothing(service: Service):
    hidden, mine = await report(service, OPERATOR), await report(service, KPU)
    first = (await attach(service, OPERATOR, hidden)).json()
    second = await attach(service, KPU, mine)
    assert second.status_code == 201
    assert second.json()["id"] != first["id"]
    assert first["id"] not in second.text


async def test_who_may_not_see_the_incident_finds_no_file(service: Service):
    made, seen = await report(service, OPERATOR), await report(service, OPERATOR, tlp="GREEN")
    file = (await attach(service, OPERATOR, made)).json()["id"]
    absent = await get(service, KPU, f"{INCIDENTS}/{ABSENT}/attachments")
    for at in (url(made), url(seen)):
        for part in ("", "/content", "/custody"):
            answer = await get(service, KPU, f"{at}/attachments/{file}{part}")
            assert (answer.status_code, answer.content) == (404, absent.content)
    files = stored(service)
    answer = await attach(service, KPU, made)
    assert (answer.status_code, answer.content) == (404, absent.content)
    assert stored(service) == files


async def test_a_file_leaves_the_sight_of_whom_the_incident_leaves(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    path = (await attach(service, OPERATOR, made)).headers["location"]
    assert (await get(service, KPU, f"{path}/content")).status_code == 200
    client = await service.client(OPERATOR)
    await client.patch(url(made), json={"audience": []}, headers={"If-Match": '"1"'})
    assert (await get(service, KPU, f"{path}/content")).status_code == 404


async def test_an_agency_that_only_sees_the_incident_attaches_nothing(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    refused(await attach(service, KPU, made), 403, "forbidden")
    led = await report(service, OPERATOR, **SHARED, lead_agency="kpu-banten")
    assert (await attach(service, KPU, led)).status_code == 201


async def test_the_history_tells_of_the_file_and_its_custody(service: Service):
    made = await report(service, OPERATOR)
    file = (await attach(service, OPERATOR, made)).json()
    items = (await get(service, OPERATOR, url(made, "/history"))).json()["items"]
    told = {each["action"]: each["state"] for each in items}
    assert told["incident.attachment_added"] == file
    assert told["incident.custody_noted"]["attachment_id"] == file["id"]


async def test_codes_of_files_have_labels(service: Service):
    told = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    assert {"application/pdf", "text/csv"} <= {each["code"] for each in told["media_type"]}
    assert {"added", "received"} <= {each["code"] for each in told["custody_kind"]}
    assert {"assignment", "hand_over"} <= {each["code"] for each in told["inbox_kind"]}


async def test_a_list_of_files_is_paged(service: Service):
    made = await report(service, OPERATOR)
    ids = [(await attach(service, OPERATOR, made, f"Isi {n}".encode())).json()["id"] for n in range(3)]
    first = (await get(service, OPERATOR, url(made, "/attachments"), limit=2)).json()
    second = (await get(service, OPERATOR, url(made, "/attachments"), limit=2, cursor=first["next"])).json()
    assert [each["id"] for each in first["items"] + second["items"]] == ids
    assert second["next"] is None


async def test_a_file_needs_its_own_id(service: Service):
    made = await report(service, OPERATOR)
    for bad in ("nonsense", "%00", "..%2F..%2Fkeys%2Fidentity.key"):
        answer = await get(service, OPERATOR, f"{url(made)}/attachments/{bad}/content")
        assert answer.status_code in {404, 422}
    answer = await post(service, OPERATOR, url(made, f"/attachments/{ABSENT}/custody"), CUSTODY)
    refused(answer, 404, "not-found")


CUSTODY = {"kind": "examined", "purpose": "Dicocokkan."}
