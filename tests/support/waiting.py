"""Waits for what a test counts, however busy the machine is; a time limit ends it as a failure."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 60


async def until(happened: Callable[[], bool]) -> None:
    """Look again and again, while others go on."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if happened():
                return
            await asyncio.sleep(0.05)
