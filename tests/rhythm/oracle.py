"""What should have come, from the wall clock alone: dates are walked through day by day with zoneinfo.

Shares no function with the code it judges. Each finding is a sentence; none is what we want.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.rhythm.world import DAY, HOUR, MINUTE, Came, Chosen, Judged, Promise, Sim, World, moment

QUIET_FROM, QUIET_UNTIL = 21 * 60, 8 * 60  # nobody in this world has others
REGULAR = ("review", "checkin", "easy", "choice", "door")
FREE = ("action", "snooze")


def findings(world: World) -> list[str]:
    """Everything that is wrong."""
    return [
        *(f"{sim.kind} {sim.chat}: {found}" for sim in world.sims.values() for found in _of(world, sim)),
        *_books(world),
    ]


def _of(world: World, sim: Sim) -> Iterator[str]:
    came = [each for each in world.came if each.person == sim.id]
    judged = [each for each in world.judged if each.person == sim.id]
    yield from _quiet(sim, came)
    yield from _times(world, sim, judged)
    yield from _twice(judged)
    yield from _caps(sim, came)
    yield from _reviews(world, sim, judged)
    yield from _promises(world, sim, judged)
    yield from _silence(sim, came)
    yield from _words(sim, came)


def local(at: int, zone: str) -> dt.datetime:
    """The wall clock at UTC milliseconds."""
    return moment(at).astimezone(ZoneInfo(zone))


def shown_at(day: dt.date, minutes: int, zone: str) -> dt.datetime:
    """The first instant at or after midnight at which the clock shows this time or, in a gap, more."""
    wanted = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60))
    begin = int(wanted.replace(tzinfo=dt.UTC).timestamp()) - 27 * 3600
    low, high = begin, begin + 54 * 3600  # zones lie within 14 hours of UTC, days may be skipped
    for second in range(low, high, 900):
        at = dt.datetime.fromtimestamp(second, dt.UTC)
        if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) > wanted:
            second -= 900
            for exact in range(second, second + 901, 60):
                at = dt.datetime.fromtimestamp(exact, dt.UTC)
                if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) >= wanted:
                    return at
    raise AssertionError(f"{zone} never shows {wanted}")


def in_force(sim: Sim, at: int) -> Chosen:
    """Rhythm and zone at an instant."""
    return [each for each in sim.chosen if each.at <= at][-1]


def _quiet(sim: Sim, came: list[Came]) -> Iterator[str]:
    for each in came:
        clock = local(each.at, in_force(sim, each.at).zone)
        if not QUIET_UNTIL <= clock.hour * 60 + clock.minute < QUIET_FROM:
            yield f"{each.rule} came in quiet hours, at {clock}"


def _times(world: World, sim: Sim, judged: list[Judged]) -> Iterator[str]:
    """What was sent on time was on time; what was late was held or fell into an outage."""
    for each in judged:
        if each.what != "sent":
            continue
        promised = shown_at(dt.date.fromisoformat(each.day), each.minutes, each.zone)
        off = each.at - int(promised.timestamp() * 1000)
        if each.zone not in (in_force(sim, each.at).zone, "UTC"):
            yield f"{each.rule} came by the clock of {each.zone}"
        if off > 18 * HOUR and each.rule not in ("after", "choice", "door"):
            yield f"{each.rule} came {off / HOUR:.1f} h late"
        if -1 <= off <= MINUTE:
            continue
        held = [h for h in judged if (h.rule, h.name, h.day) == (each.rule, each.name, each.day)]
        reasons = [h.reason for h in held if h.what == "held" and h.at < each.at]
        outage = any(begin <= each.at - off <= end <= each.at for begin, end in world.outages)
        travelled = any(c.why == "travels" and abs(c.at - each.at) < 2 * DAY for c in sim.chosen)
        if off < 0 or not (reasons or outage or travelled):
            yield f"{each.rule} of {each.day} {each.minutes} came {off / HOUR:.2f} h off, {each.reason}"


def _twice(judged: list[Judged]) -> Iterator[str]:
    """One review and one check-in a week at most, one message for each row."""
    seen: dict[tuple[object, ...], Judged] = {}
    for each in judged:
        if each.what not in ("sent", "absorbed"):
            continue
        key: tuple[object, ...] = (each.rule, each.name, each.day, each.minutes)
        if each.rule in ("review", "checkin"):
            key = (each.rule, *dt.date.fromisoformat(each.day).isocalendar()[:2])
        if key in seen:
            yield f"{each.rule} came twice: {key}"
        seen[key] = each


def _caps(sim: Sim, came: list[Came]) -> Iterator[str]:
    counted = [each for each in came if each.counted]
    for before, each in pairwise(came):
        if each.counted and each.at - before.at < 20 * HOUR:
            yield f"{each.rule} came {(each.at - before.at) / HOUR:.1f} h after {before.rule}"
        if not each.counted and each.rule not in FREE:
            yield f"{each.rule} was not counted"
    for number, each in enumerate(counted):
        chosen = in_force(sim, each.at)
        week = [other for other in counted[: number + 1] if each.at - other.at < 7 * DAY]
        if len(week) > chosen.rhythm.most:
            yield f"{len(week)} messages in seven days, {chosen.rhythm.most} are the limit"
        today = local(each.at, chosen.zone).date()
        if sum(local(other.at, chosen.zone).date() == today for other in counted) > 1:
            yield f"two messages on {today}"


def _reviews(world: World, sim: Sim, judged: list[Judged]) -> Iterator[str]:
    """Each week in which nothing changed and nobody was silent for long holds a review, or a reason."""
    for begin in range(world.begin + 7 * DAY, world.clock.ms - 8 * DAY, 7 * DAY):
        chosen = in_force(sim, begin)
        rhythm = chosen.rhythm
        span = 7 * DAY * rhythm.review_weeks + DAY
        changed = any(begin - 15 * DAY < each.at < begin + span for each in sim.chosen)
        silent = any(begin - DAY < at < begin + span and count > 1 for at, count in sim.silent_since)
        silent = silent or _unanswered(sim, begin) > 1
        rests = rhythm.rests_until > local(begin - DAY, chosen.zone or "UTC").date().isoformat()
        if rhythm.review is None or not chosen.zone or changed or silent or rests:
            continue
        if begin + span > world.clock.ms - DAY:
            continue
        decided = [e for e in judged if e.rule == "review" and begin - DAY <= e.at < begin + span]
        named = [e for e in judged if e.rule == "review" and e.what == "absorbed"]
        if not decided and not any(
            begin - DAY
            <= shown_at(dt.date.fromisoformat(e.day), e.minutes, e.zone).timestamp() * 1000
            < begin + span
            for e in named
        ):
            yield f"no review and no reason in the {rhythm.review_weeks} weeks from {moment(begin):%d %b}"


def _unanswered(sim: Sim, at: int) -> int:
    return next((count for when, count in reversed(sim.silent_since) if when <= at), 0)


def _promises(world: World, sim: Sim, judged: list[Judged]) -> Iterator[str]:
    """Every reminder that was promised came, was named before, or has a written reason."""
    verdicts = defaultdict(list)
    for each in judged:
        if each.rule == "action":
            verdicts[each.name].append(each)
    for promise in sim.promises:
        home = in_force(sim, promise.asked).zone
        if not home:
            continue  # they had turned it off
        ahead = [when for when in _wished(promise) if _ms(shown_at(*when, home)) > promise.asked]
        if not ahead:
            continue  # nothing could come any more, and the person was told so
        moments = [_ms(shown_at(*ahead[0], zone)) for zone in _zones(sim, promise)]
        if max(moments) > world.clock.ms - DAY:
            continue
        final = [each for each in verdicts[promise.session] if each.what != "held"]
        closed = sim.closed.get(promise.session, world.clock.ms)
        if not final and closed > min(moments):
            yield f"“{promise.words}” was promised for {promise.day} and never decided"
        if sum(each.what in ("sent", "absorbed") for each in final) > 1:
            yield f"“{promise.words}” came twice"
        for each in final:
            if each.what == "dropped" and each.reason == "stale" and not _in_outage(world, each):
                yield f"“{promise.words}” was dropped as stale without an outage"


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _in_outage(world: World, each: Judged) -> bool:
    due = shown_at(dt.date.fromisoformat(each.day), each.minutes, each.zone).timestamp() * 1000
    return any(begin <= due <= end for begin, end in world.outages)


def _wished(promise: Promise) -> list[tuple[dt.date, int]]:
    """Day and minutes at which it was to come, and what it falls back to; in quiet hours shortly before."""
    if not promise.reminder:
        return []
    at = [(promise.day, promise.minutes)]
    if promise.reminder == "evening":
        at = [(promise.day - dt.timedelta(days=1), 19 * 60), *at]
    return [_awake(*when) for when in at]


def _awake(day: dt.date, minutes: int) -> tuple[dt.date, int]:
    if minutes >= QUIET_FROM:
        return day, QUIET_FROM - 30
    if minutes < QUIET_UNTIL:
        return day - dt.timedelta(days=1), QUIET_FROM - 30
    return day, minutes


def _zones(sim: Sim, promise: Promise) -> set[str]:
    """The zones the person was in between the promise and its moment."""
    end = promise.asked + 9 * DAY
    return {
        in_force(sim, promise.asked).zone,
        *(c.zone for c in sim.chosen if promise.asked < c.at < end),
    } - {""}


def _silence(sim: Sim, came: list[Came]) -> Iterator[str]:
    """After five messages without an answer nothing comes but what was promised or asked for."""
    heard = sorted(sim.heard)
    row: list[Came] = []
    for each in came:
        if any(row and row[-1].at < at < each.at for at in heard):
            row = []
        if each.rule in FREE:
            continue
        row.append(each)
        if len(row) > 5:
            yield f"{each.rule} came after {len(row) - 1} messages without an answer"
        if len(row) == 5 and each.at - row[-2].at < 29 * DAY:
            yield "the last door opened too early"
        if len(row) == 3 and each.at - row[-2].at < 12 * DAY:
            yield f"{each.rule} came {(each.at - row[-2].at) / DAY:.1f} days after two without an answer"
        if len(row) == 4 and each.at - row[-2].at < 13 * DAY:
            yield "the choice came too early"


def _words(sim: Sim, came: list[Came]) -> Iterator[str]:
    for each in came:
        own = f"of {sim.chat}" in each.text or each.rule in ("checkin", "easy") or "from 1 to 10" in each.text
        if not own and each.rule != "snooze":
            yield f"{each.rule} holds no words of theirs: {each.text}"


def _books(world: World) -> Iterator[str]:
    for each in world.judged:
        if not each.reason:
            yield f"{each.rule} {each.what} without a reason"
