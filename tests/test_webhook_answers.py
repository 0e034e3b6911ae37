"""Whatever a receiver answers, or fails to, is one of few words; it costs little and leads nowhere."""

import asyncio
import gc
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.domain.webhooks import DeliveryError
from app.services import webhook_posting
from app.services.leases import LASTS, SURE_SECONDS
from app.services.webhook_posting import MOST_SECONDS, Post, Posted, Posting, retry_after
from app.services.webhook_targets import Targets
from tests.support.receivers import Message, hanging, receiving, saying, speaking
from tests.support.servers import free_port

HEADERS = {"webhook-id": "satu", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
OK = b"HTTP/1.1 200 OK\r\n"


@asynccontextmanager
async def posting(url: str) -> AsyncIterator[Post]:
    targets = Targets(["127.0.0.1"])
    try:
        async with Posting(targets).to(url) as post:
            yield post
    finally:
        targets.close()


async def posted(url: str) -> Posted:
    async with posting(url) as post:
        return await post(HEADERS, b"{}")


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_what_is_taken(status: int):
    async with receiving(saying(f"{status} Yes")) as receiver:
        assert await posted(receiver.url) == Posted(status=status)


@pytest.mark.parametrize("status", [400, 404, 409, 410, 422, 429, 500, 503, 599])
async def test_what_is_refused(status: int):
    async with receiving(saying(f"{status} No")) as receiver:
        assert await posted(receiver.url) == Posted(DeliveryError.REFUSED, status)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize(
    "elsewhere", ["/other", "http://169.254.169.254/latest", "file:///etc/passwd", "http://["]
)
async def test_nothing_is_followed(status: int, elsewhere: str):
    async with receiving(saying(f"{status} Elsewhere", f"Location: {elsewhere}")) as receiver:
        taken = await posted(receiver.url)
        assert len(receiver.messages) == 1
    assert taken.error in {DeliveryError.REDIRECTED, DeliveryError.NO_CONNECTION}


async def test_a_message_goes_to_the_path_that_was_named_and_says_what_it_is():
    async with receiving() as receiver:
        assert await posted(f"{receiver.url}/dalam?kunci=%2F..") == Posted(status=204)
        (message,) = receiver.messages
    assert message.path == "/hook/dalam?kunci=%2F.."
    assert message.headers.items() >= {**HEADERS, "content-type": "application/json"}.items()
    assert message.headers["accept-encoding"] == "identity"
    assert "authorization" not in message.headers


async def test_no_environment_and_no_cookie_takes_part(monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with receiving(saying("200 OK", "Set-Cookie: siapa=itu; Path=/")) as receiver:
        async with posting(receiver.url) as post:
            for _ in range(2):
                assert await post(HEADERS, b"{}") == Posted(status=200)
        assert all("cookie" not in each.headers for each in receiver.messages)


@pytest.mark.parametrize(
    "said",
    {
        "nothing": b"",
        "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "no status": b"HTTP/1.1 XYZ OK\r\n\r\n",
        "a strange status": b"HTTP/1.1 999999 OK\r\n\r\n",
        "half a header": OK + b"Content-Le",
        "a bad length": OK + b"Content-Length: many\r\n\r\n",
        "two lengths": OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "octets": bytes(range(256)) * 8,
        "a header without end": OK + b"X: " + b"x" * 1_000_000,
        "headers without end": OK + b"X: y\r\n" * 200_000,
        "another protocol": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    }.items(),
    ids=lambda each: each[0],
)  # fmt: skip
async def test_what_is_no_answer(said: tuple[str, bytes]):
    async with speaking(said[1]) as speaker:
        taken = await posted(speaker.url)
    assert taken.error in {DeliveryError.NO_CONNECTION, DeliveryError.REFUSED}


@pytest.mark.parametrize(
    "said",
    {
        "short of its length": OK + b"Content-Length: 100\r\n\r\nx",
        "in bad pieces": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "in another coding": OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz",
        "with an odd header": OK + b"X-\xff: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
        "after early ones": b"HTTP/1.1 103 Early\r\n\r\n" * 5 + OK + b"Content-Length: 0\r\n\r\n",
        "until it ends": b"HTTP/1.0 200 OK\r\n\r\nsudah",
    }.items(),
    ids=lambda each: each[0],
)  # fmt: skip
async def test_once_the_status_is_said_the_message_has_arrived(said: tuple[str, bytes]):
    """It would only come twice."""
    async with speaking(said[1]) as speaker:
        taken = await posted(speaker.url)
    assert taken in (Posted(status=200), Posted(DeliveryError.NO_CONNECTION))
    if b"\xff" not in said[1]:
        assert taken == Posted(status=200)


@pytest.mark.parametrize("framing", [b"Content-Length: 99999999999\r\n\r\n", b"\r\n"])
async def test_an_answer_without_end_is_left_soon_and_fills_no_memory(framing: bytes):
    async with speaking(OK + framing, again=0.0) as speaker:
        gc.collect()
        tracemalloc.start()
        assert await posted(speaker.url) == Posted(status=200)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 5_000_000


async def test_an_answer_that_drips_is_not_waited_for():
    async with speaking(OK + b"Content-Length: 99999999\r\n\r\n", again=0.2) as speaker:
        assert await posted(speaker.url) == Posted(status=200)


async def test_after_a_long_answer_the_next_message_goes_another_way():
    async def long(_message: Message) -> bytes:
        return OK + b"Content-Length: 200000\r\n\r\n" + b"x" * 200_000

    async with receiving(long) as receiver, posting(receiver.url) as post:
        for count in range(1, 4):
            assert await post(HEADERS, b"{}") == Posted(status=200)
            assert len(receiver.messages) == count


@pytest.mark.parametrize("early", [False, True])
async def test_a_receiver_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch, *, early: bool):
    monkeypatch.setattr(webhook_posting, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(webhook_posting, "MOST_SECONDS", 0.6)
    if early:  # what is said again and again is no answer, and puts off nothing
        async with speaking(b"HTTP/1.1 100 Continue\r\n\r\n" * 9, again=0.1) as speaker:
            assert (await posted(speaker.url)).error in {DeliveryError.TIMEOUT, DeliveryError.NO_CONNECTION}
        return
    async with receiving(hanging) as receiver:
        assert await posted(receiver.url) == Posted(DeliveryError.TIMEOUT)


async def test_headers_that_drip_are_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webhook_posting, "MOST_SECONDS", 0.6)
    async with speaking(OK + b"X: ", again=0.1) as speaker:
        assert await posted(speaker.url) == Posted(DeliveryError.TIMEOUT)


async def test_nobody_there():
    assert await posted(f"http://127.0.0.1:{free_port()}/hook") == Posted(DeliveryError.NO_CONNECTION)
    assert await posted("http://10.0.0.1/hook") == Posted(DeliveryError.REFUSED_TARGET)


async def test_eight_messages_at_once_do_not_wait_for_each_other():
    together = asyncio.Barrier(8)

    async def meet(_message: Message) -> bytes:
        await together.wait()
        return OK + b"Content-Length: 0\r\n\r\n"

    async with receiving(meet) as receiver, posting(receiver.url) as post:
        taken = await asyncio.gather(*(post(HEADERS, b"{}") for _ in range(8)))
    assert taken == [Posted(status=200)] * 8


def test_an_attempt_ends_before_the_lease_can_be_anothers():
    assert LASTS.total_seconds() > SURE_SECONDS + MOST_SECONDS


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("0", 0), ("999999999", 86_400), ("00000007", 7)]
)
def test_how_long_a_receiver_wishes_to_be_left_alone(said: str, seconds: int):
    assert retry_after(said) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("hours", "wished"), [(2, 2), (9_600, 24), (-2, 0)])
def test_until_when_a_receiver_wishes_to_be_left_alone(hours: int, wished: int):
    until = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    assert timedelta(0) <= timedelta(hours=wished) - retry_after(until) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "said",
    [
        "", "-5", "1.5", "soon", "1e9", "9" * 5_000, "Fri, 99 Xxx 2026 99:99:99 GMT", "0001-01-01",
        "Wed, 3 Apr 2002 12.34.56.78+", "Mon, 01 Jan 0001 00:00:00 GMT", "Wed, 03 Apr 2090 12:00:00",
    ],
    ids=lambda said: said[:30],
)  # fmt: skip
def test_a_wish_that_cannot_be_read_is_none(said: str):
    assert retry_after(said) == timedelta(0)
