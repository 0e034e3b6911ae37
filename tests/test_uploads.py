"""Forms with a file: read within bounds, refused by name, and nothing is left of what was refused."""

import pytest

from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, ledger_size, refused, stored, url
from tests.support.service import Service, report


def form(*parts: tuple[str, bytes]) -> bytes:
    whole = b"".join(
        b"--x\r\nContent-Disposition: form-data; " + about.encode() + b"\r\n\r\n" + content + b"\r\n"
        for about, content in parts
    )
    return whole + b"--x--\r\n"


FILE = ('name="file"; filename="a.txt"', b"isi")
FORMS: dict[str, tuple[int, str, bytes]] = {
    "no form": (422, "", b"isi"),
    "nothing": (422, "", b""),
    "an end and no more": (422, "/file", b"--x--\r\n"),
    "cut off": (422, "", form(FILE)[:-8]),
    "cut off in a header": (422, "", b"--x\r\nContent-Dispo"),
    "a part without a name": (422, "", form(("", b"isi"))),
    "a name that is no UTF-8": (422, "", form(FILE).replace(b"a.txt", b"\xff.txt")),
    "no file": (422, "/file", form(('name="note"', b"Catatan."))),
    "a file that is a text": (422, "/file", form(('name="file"', b"isi"))),
    "two files": (422, "/file", form(FILE, FILE)),
    "a file elsewhere": (422, "/other", form(FILE, ('name="other"; filename="b.txt"', b"isi"))),
    "an unknown member": (422, "/held_by", form(FILE, ('name="held_by"', b"kpu-banten"))),
    "a member twice": (422, "/note", form(FILE, ('name="note"', b"Satu."), ('name="note"', b"Dua."))),
    "a note too short": (422, "/note", form(FILE, ('name="note"', b"x"))),
    "a note with controls": (422, "/note", form(FILE, ('name="note"', b"abc\x00"))),
    "a note that is no UTF-8": (422, "", form(FILE, ('name="note"', b"abc\xff"))),
    "a long note": (422, "/note", form(FILE, ('name="note"', b"x" * 3000))),
    "a note without end": (413, "", form(FILE, ('name="note"', b"x" * 200_000))),
    "many members": (413, "", form(*((f'name="m{n}"', b"x") for n in range(50)), FILE)),
    "many headers": (422, "", b"--x\r\n" + b"A: b\r\n" * 1000 + form(FILE)[5:]),
}


@pytest.mark.parametrize("kind", FORMS)
async def test_a_form_that_is_none_is_refused_and_leaves_nothing(service: Service, kind: str):
    status, pointer, content = FORMS[kind]
    made = await report(service, OPERATOR)
    size, files = await ledger_size(service), stored(service)
    client = await service.client(OPERATOR)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for path in (url(made, "/attachments"), f"{INCIDENTS}/{ABSENT}/attachments"):
        answer = await client.post(path, content=content, headers=headers)
        slug = "invalid" if status == 422 else "payload-too-large"
        refused(answer, status, slug, *([pointer] if status == 422 else []))
    assert (await ledger_size(service), stored(service)) == (size, files)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "image/png", "", "multipart/mixed; boundary=x"]
)
async def test_a_body_that_is_no_form_is_refused_before_the_incident_is_looked_for(
    service: Service, kind: str
):
    client = await service.client(OPERATOR)
    path = f"{INCIDENTS}/{ABSENT}/attachments"
    answer = await client.post(path, content=form(FILE), headers={"Content-Type": kind})
    refused(answer, 415, "unsupported-media-type")


async def test_a_form_without_a_boundary_is_refused(service: Service):
    made = await report(service, OPERATOR)
    client = await service.client(OPERATOR)
    headers = {"Content-Type": "multipart/form-data"}
    answer = await client.post(url(made, "/attachments"), content=form(FILE), headers=headers)
    refused(answer, 422, "invalid", "")


async def test_a_body_is_bounded_told_or_not(service: Service):
    made = await report(service, OPERATOR)
    files = stored(service)

    async def endless():
        yield form(FILE)[:-10]
        for _ in range(400):
            yield b"a" * 65_536

    client = await service.client(OPERATOR)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await client.post(url(made, "/attachments"), content=endless(), headers=headers)
    refused(answer, 413, "payload-too-large")
    told = {**headers, "Content-Length": "9" * 30}
    answer = await client.post(url(made, "/attachments"), content=form(FILE), headers=told)
    refused(answer, 413, "payload-too-large")
    assert stored(service) == files
