"""Names of hosts as a name server of the test tells them, another answer each time if need be."""

import socket
from collections.abc import Iterable
from typing import Any


class Names:
    """Stands in for the name servers of the world: `socket.getaddrinfo`."""

    def __init__(self) -> None:
        self._told: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []

    def tell(self, host: str, *answers: Iterable[str]) -> None:
        """The answers to one question after another; the last one stays."""
        self._told[host] = [[*each] for each in answers]

    def __call__(self, host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        self.asked.append(host)
        answers = self._told.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        told = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (each, port, 0, 0))
            if ":" in each
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in told
        ]
