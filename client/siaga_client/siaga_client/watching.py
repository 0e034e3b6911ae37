"""Changes as they are committed, over goodbyes and outages."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from siaga_client.clients import Client
from siaga_client.lines import events_of, lines_of
from siaga_client.problems import Forbidden, NotUnderstoodError, Problem, SnapshotRequired

STREAM = "/api/v1/stream"
AGAIN_SECONDS = 3.0
ENDS = {"snapshot-required": SnapshotRequired(410, {"detail": "The rights of this account have changed."}),
        "forbidden": Forbidden(403, {"detail": "This account may not follow changes any more."})}  # fmt: skip


def watched(
    client: Client, tell: Callable[[Exception], object] = lambda _: None, **asked: Any
) -> Iterator[dict[str, Any]]:
    """Each change from now on, none left out; ends with a Problem that waiting does not mend.

    While the service cannot be followed, `tell` is told why, again and again.
    """
    last_id = ""
    while True:
        headers = {"Last-Event-ID": last_id} if last_id else {}
        try:
            with client.streamed(STREAM, params=asked, headers=headers) as answer:
                for event in events_of(lines_of(answer.iter_bytes()), last_id):
                    if event.kind == "goodbye":
                        _end((event.said or {}).get("reason", ""), client)
                        break
                    if event.said:
                        yield event.said
                    last_id = event.last_id
        except (httpx.TransportError, NotUnderstoodError) as error:
            tell(error)  # it is asked again, as after a goodbye
        except Problem as problem:
            if not problem.passes:
                raise
            tell(problem)
        time.sleep(AGAIN_SECONDS)


def _end(reason: str, client: Client) -> None:
    if reason in ENDS:
        raise ENDS[reason]
    if reason == "unauthenticated":
        client.session.until = 0.0
