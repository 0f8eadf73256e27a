"""The process that draws one chart: JSON on standard input, PNG on standard output."""

from __future__ import annotations

import datetime as dt
import json
import sys

from bot.chart import draw


def main() -> None:
    """Draw what is asked for: {"title": …, "points": [["2026-03-03", 7], …], "low": …, "high": …}."""
    order = json.loads(sys.stdin.buffer.read())
    points = [(dt.date.fromisoformat(day), value) for day, value in order["points"]]
    sys.stdout.buffer.write(draw(order["title"], points, low=order["low"], high=order["high"]))


if __name__ == "__main__":
    main()
