"""A small chart of someone's answers on a scale from 1 to 10, as a picture (PNG, 1000 by 560 pixels).

It is drawn in a short-lived process of its own: the bot's process never loads Pillow, whose memory it
would keep. What the person wrote goes through pipes only: never into arguments, environment or logs.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

Points = Sequence[tuple[dt.date, int]]
PATIENCE = 10.0  # seconds; a drawing takes half a second where nothing else runs
ROOT = Path(__file__).parents[2]  # where ``bot`` is found, whatever folder the bot was started in
INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")  # and nothing else: no token, no key


class ChartError(Exception):
    """The picture could not be drawn; says how it ended, never what was to be drawn."""


def draw(title: str, points: Points, *, low: str = "", high: str = "") -> bytes:
    """The picture, drawn in this process: the same input gives the same bytes.

    ``points`` are days with a value from 1 to 10, in any order; ``low`` and ``high`` say what 1 and 10 mean.
    Letters that the font lacks are left out. Raises ValueError for no points or a value off the scale.
    """
    from bot.chart.picture import picture  # loads Pillow: only where it is wanted

    return picture(title, points, low=low, high=high)


async def drawn(
    title: str, points: Points, *, low: str = "", high: str = "", seconds: float = PATIENCE
) -> bytes:
    """The picture, drawn in a process of its own. Raises ChartError if it fails or takes too long."""
    dated = [(day.isoformat(), value) for day, value in points]
    order = json.dumps({"title": title, "points": dated, "low": low, "high": high}).encode()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.chart"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a traceback may quote what the person wrote
            cwd=ROOT,
            env={name: os.environ[name] for name in INHERITED if name in os.environ},
        )
    except OSError as error:
        raise ChartError(f"the drawing did not start: {type(error).__name__}") from error
    return await _answer(process, order, seconds)


async def _answer(process: asyncio.subprocess.Process, order: bytes, seconds: float) -> bytes:
    """What the process says; it does not outlive this call, however that ends."""
    try:
        content, _ = await asyncio.wait_for(process.communicate(order), seconds)
    except TimeoutError as error:
        raise ChartError(f"the drawing took more than {seconds:g} seconds") from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode or not content:
        raise ChartError(f"the drawing ended with code {process.returncode}")
    return content
