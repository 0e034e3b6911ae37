"""Asking a witness for its cosignature (C2SP tlog-witness `add-checkpoint`), bounded in size and time."""

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.domain.witnesses import WitnessReason
from app.formats import notes
from app.formats.notes import VerifierKey, WrongNote
from app.services.witness_settings import ConfiguredWitness

ANSWER_SECONDS = 10.0
MOST_BYTES = 65_536
FUTURE_SECONDS = 300  # how far the clock of a witness may be ahead
SIZE_TYPE = "text/x.tlog.size"
FAILURES = (httpx.HTTPError, httpx.InvalidURL, OSError)

REASONS: dict[int, WitnessReason] = {
    httpx.codes.FORBIDDEN: WitnessReason.UNKNOWN_KEY,
    httpx.codes.NOT_FOUND: WitnessReason.UNKNOWN_LOG,
    httpx.codes.TOO_MANY_REQUESTS: WitnessReason.BUSY,
    httpx.codes.UNPROCESSABLE_ENTITY: WitnessReason.OTHER_ROOT,
}
FIRST_OF_THE_SERVER = 500


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A line that was verified, and the time in it."""

    line: str
    at: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The witness cosigned another size last."""

    size: int


Answer = Cosigned | Elsewhere | WitnessReason


class Client:
    """One witness, over a connection that is kept."""

    def __init__(self, told: ConfiguredWitness, beside: Path) -> None:
        ca_file = str(beside / told.ca_file) if told.ca_file else None
        self.told = told
        self.key: VerifierKey = told.verifier
        self._url = f"{told.url.rstrip('/')}/add-checkpoint"
        self._client = httpx.AsyncClient(
            verify=ssl.create_default_context(cafile=ca_file),
            follow_redirects=False, trust_env=False, timeout=ANSWER_SECONDS / 2,
        )  # fmt: skip

    async def close(self) -> None:
        """Give the connection back."""
        await self._client.aclose()

    async def ask(self, old: int, proof: Sequence[bytes], note: str) -> Answer:
        """What the witness makes of a checkpoint that grew from a size."""
        lines = "".join(f"{notes.encode(each)}\n" for each in proof)
        try:
            status, kind, content = await self._post(f"old {old}\n{lines}\n{note}".encode())
        except (TimeoutError, *FAILURES):
            return WitnessReason.NO_ANSWER
        if status == httpx.codes.OK:
            return self._cosigned(content, notes.split(note)[0])
        if status == httpx.codes.CONFLICT:
            return _elsewhere(kind, content)
        if status >= FIRST_OF_THE_SERVER:
            return WitnessReason.BUSY
        return REASONS.get(status, WitnessReason.NOT_UNDERSTOOD)

    async def _post(self, body: bytes) -> tuple[int, str, bytes]:
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            self._client.stream(
                "POST", self._url, content=body, headers={"Accept-Encoding": "identity"}
            ) as answer,
        ):
            content = b""
            async for chunk in answer.aiter_raw():
                content += chunk
                if len(content) > MOST_BYTES:
                    return answer.status_code, "", b""
            return answer.status_code, answer.headers.get("content-type", ""), content

    def _cosigned(self, content: bytes, text: str) -> Answer:
        """Lines of other keys are passed over; one of this witness that is false is no accident."""
        try:
            lines = [
                (each, notes.read_line(each)) for each in content.decode().removesuffix("\n").split("\n")
            ]
        except (WrongNote, UnicodeDecodeError):
            return WitnessReason.UNREADABLE
        for told, line in lines:
            if (line.name, line.key_id) == (self.key.name, self.key.id):
                try:
                    at = notes.cosigned_at(line, text, self.key)
                except WrongNote:
                    return WitnessReason.FALSE_SIGNATURE
                if at > time.time() + FUTURE_SECONDS:
                    return WitnessReason.FALSE_TIME
                return Cosigned(told, at)
        return WitnessReason.UNREADABLE


def _elsewhere(kind: str, content: bytes) -> Answer:
    size = content.decode("ascii", "replace").removesuffix("\n")
    if kind.partition(";")[0].strip() != SIZE_TYPE or not notes.NUMBER.fullmatch(size):
        return WitnessReason.UNREADABLE
    return Elsewhere(int(size))
