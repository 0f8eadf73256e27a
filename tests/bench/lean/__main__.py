"""The server process: takes orders as lines on its standard input and reports as JSON lines.

Orders: "begin" (people start), "mark" (open the window, the second time close it), "cut" (report what was
noticed since the last cut), "rest SECONDS" (finish).
The end of the input ends the process, so it never outlives the one who started it.
"""

import argparse
import asyncio
import gc
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import uvloop

from tests.bench.lean.ledger import Ledger
from tests.bench.lean.mailbox import Mailbox
from tests.bench.lean.methods import Methods
from tests.bench.lean.pace import TOLERANCE, Pace
from tests.bench.lean.people import People
from tests.bench.lean.person import FreePerson, NumberedPerson
from tests.bench.lean.wire import Connection


def main() -> None:
    """Serve one trial."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--round-trip", type=float, default=0.0, help="seconds")
    parser.add_argument("--budget", type=int, default=40, help="turns of each person")
    parser.add_argument("--ramp", type=float, default=0.0, help="seconds over which people begin")
    parser.add_argument("--pause", type=float, nargs=2, default=(0.0, 0.0), help="seconds to think")
    parser.add_argument("--per-second", type=int, help="messages that may pass in a second")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="share that may pass beyond")
    parser.add_argument("--numbered", action="store_true", help="questions say their number")
    parser.add_argument("--transcript", type=Path)
    gc.disable()  # a trial is short, and a pause here would look like a slow bot
    uvloop.run(_serve(parser.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    ledger = Ledger()
    mailbox = Mailbox(on_first_poll=lambda: _report("polled"))
    people = People(mailbox, ledger, options.transcript)
    kind = NumberedPerson if options.numbered else FreePerson
    people.settle(options.people, kind, options.budget, tuple(options.pause))
    pace = Pace(options.per_second, options.tolerance)
    methods = Methods(mailbox, people, pace)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(methods.serve, options.round_trip), "127.0.0.1", 0)
    _report("listening", port=server.sockets[0].getsockname()[1])
    watch = asyncio.create_task(_watch(people))
    await _obey(options, people, ledger, methods, pace)
    watch.cancel()


async def _obey(
    options: argparse.Namespace, people: People, ledger: Ledger, methods: Methods, pace: Pace
) -> None:
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    while line := (await orders.readline()).decode().split():
        match line:
            case ["begin"]:
                await people.begin(options.ramp)
            case ["mark"]:
                ledger.recording = not ledger.recording
                _report("marked", turns=ledger.turns, calls=methods.calls, cpu=time.process_time())
            case ["cut"]:
                ledger.recording = True
                _report("cut", **ledger.cut(people.overdue()), **_traffic(people, ledger, pace))
            case ["rest", seconds]:
                unanswered = await people.rest(float(seconds))
                people.look_at_clock()
                _report("rested", unanswered=unanswered, **ledger.summary())


def _traffic(people: People, ledger: Ledger, pace: Pace) -> dict[str, int]:
    """Say what passed since the beginning, the busiest second since the last time."""
    busiest, pace.busiest = pace.busiest, 0
    nudges = people.strangers.total()
    return {
        "refusals": pace.refusals,
        "busiest": busiest,
        "missing": ledger.missing,
        "nudges": nudges,
        "doubled": nudges - len(people.strangers),
    }


async def _watch(people: People) -> None:
    """Look at the clock; say once when the load has become full, and when it no longer is."""
    unsaid = {"warm": people.all_answered, "spent": people.any_spent}
    while True:
        await asyncio.sleep(0.2)
        people.look_at_clock()
        for event in [event for event, has_happened in unsaid.items() if has_happened()]:
            del unsaid[event]
            _report(event)


def _report(event: str, **values: Any) -> None:
    line = orjson.dumps({"event": event, "at": time.monotonic(), **values})
    sys.stdout.write(line.decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
