"""Half a year of fifty people, through the real storage and the real decisions, with a clock that is told.

People answer, ignore, put off, change their day, travel, finish steps, fall silent and come back. The book
holds what was promised and what came; ``oracle.py`` compares the two.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.appointments import arrange, set_rhythm
from bot.deciding import Decider
from bot.incoming import identify
from bot.outgoing import Outgoing
from bot.points import nothing
from bot.ticker import take_due
from bot.turns import Batch, Desk
from flows.library import Library
from flows.loader import load
from flows.nudging import Verdict
from flows.values import Rhythm, Slot, replace
from storage import actions, people, sessions, wakes
from storage.connection import Database, Transaction
from storage.database import open_database
from storage.ids import new_id

BOT_ID, SECRET = 4242, "5a" * 32
ZONES = (
    *("Pacific/Kiritimati", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Australia/Lord_Howe"),
    *("Australia/Adelaide", "Asia/Tokyo", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran"),
    *("Europe/Moscow", "Africa/Cairo", "Europe/Helsinki", "Europe/Berlin", "Africa/Casablanca"),
    *("Europe/London", "Atlantic/Azores", "America/Sao_Paulo", "America/St_Johns", "America/Santiago"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Havana"),
    *("America/Anchorage", "Pacific/Honolulu", "Pacific/Marquesas"),
)
KINDS = ("answers", "ignores", "snoozes", "changes", "travels", "returns", "promises")
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
UTC = dt.UTC


def at_ms(at: dt.datetime) -> int:
    """UTC milliseconds."""
    return int(at.timestamp() * 1000)


def moment(ms: int) -> dt.datetime:
    """The instant of UTC milliseconds."""
    return dt.datetime.fromtimestamp(ms / 1000, UTC)


class SimClock:
    """Time as the simulation tells it."""

    def __init__(self, ms: int) -> None:
        self.ms = ms

    def now(self) -> dt.datetime:
        """Aware, in UTC."""
        return moment(self.ms)

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return self.ms


@dataclass(frozen=True)
class Came:
    """A message that came: when, by which rule and row, and with which words."""

    at: int
    person: str
    rule: str
    key: str
    text: str
    choices: tuple[str, ...]
    counted: bool


@dataclass(frozen=True)
class Judged:
    """A verdict with its time; ``wake`` is the row as it was then."""

    at: int
    person: str
    rule: str
    name: str
    day: str
    minutes: int
    zone: str
    planned: int
    what: str
    reason: str


@dataclass(frozen=True)
class Chosen:
    """From this instant the person has this rhythm, zone and permission."""

    at: int
    rhythm: Rhythm
    zone: str
    why: str


@dataclass(frozen=True)
class Promise:
    """A reminder that a person asked for at ``asked``; ``closed`` is when its step was closed or moved."""

    asked: int
    session: str
    words: str
    day: dt.date
    minutes: int
    reminder: str


@dataclass
class Sim:
    """One person: what they are like and what is known of them."""

    id: str
    chat: int
    kind: str
    dice: random.Random
    chosen: list[Chosen] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    closed: dict[str, int] = field(default_factory=dict)
    silent_since: list[tuple[int, int]] = field(default_factory=list)  # (at, unanswered) after each change
    heard: list[int] = field(default_factory=list)
    talks: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class World:
    """The database, the clock, the people and the book."""

    folder: Path
    begin: int
    seed: int = 7
    came: list[Came] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    sims: dict[str, Sim] = field(default_factory=dict)
    outages: list[tuple[int, int]] = field(default_factory=list)
    reopened: int = 0

    def __post_init__(self) -> None:
        packaged = load()
        alone = {k: v for k, v in packaged.dialogues.items() if k not in ("review", "checkin")}
        self.library: Library = replace(packaged, dialogues=alone)  # answers are noted, no talk begins
        self.clock = SimClock(self.begin)
        self.decider = Decider(self.library, self._tell)
        places: Any = SimpleNamespace(find=lambda text: ())
        clock: Any = self.clock
        self.desk = Desk(self.library, places, clock, BOT_ID, lambda ask: False, lambda ask: False, nothing)
        self.numbers = itertools.count(1)
        self.later: list[tuple[int, int, Callable[[Transaction], None]]] = []
        self.database = self._opened()
        self._verdicts: list[tuple[str, Verdict]] = []

    def _opened(self) -> Database:
        database = open_database(f"sqlite:///{self.folder / 'cairn.db'}", SECRET, self.begin)
        database.driver.execute("PRAGMA synchronous=OFF")  # nobody pulls the plug here
        return database

    def reopens(self) -> None:
        """A restart: nothing survives but the file."""
        self.database.close()
        self.database = self._opened()
        self.reopened += 1

    def _tell(self, person: str, verdict: Verdict) -> None:
        self._verdicts.append((person, verdict))

    # ------------------------------------------------------------ what happens

    def plan(self, at: int, job: Callable[[Transaction], None]) -> None:
        """Let something happen at a time."""
        heapq.heappush(self.later, (at, next(self.numbers), job))

    def runs(self, until: int) -> None:
        """Jump from one instant at which something is due to the next."""
        while True:
            with self.database.transaction() as tx:
                due = wakes.next_due(tx)
            job = self.later[0][0] if self.later else None
            first = min((at for at in (due, job) if at is not None), default=None)
            if first is None or first > until:
                return
            at = max(first, self.clock.ms)
            out = next((end for begin, end in self.outages if begin <= at < end), None)
            self.clock.ms = at if out is None else out
            if job is not None and job <= self.clock.ms and (due is None or job <= due):
                _, _, what = heapq.heappop(self.later)
                self.clock.ms += 1  # nobody does two things at once
                with self.database.transaction() as tx:
                    what(tx)
                continue
            self.clock.ms += 1_000  # a tick is a little late
            with self.database.transaction() as tx:
                self._ticks(tx)

    def _ticks(self, tx: Transaction) -> None:
        while True:
            self._verdicts = []
            taken, messages = take_due(tx, self.clock.ms, self.decider)
            self._books(tx, messages)
            if taken < 200:
                return

    def _books(self, tx: Transaction, messages: list[Outgoing]) -> None:
        sent = {}
        for person, verdict in self._verdicts:
            due = verdict.due
            there = due.appointment
            self.judged.append(
                Judged(
                    self.clock.ms,
                    person,
                    there.rule,
                    due.action or there.name,
                    there.moment.day.isoformat(),
                    there.moment.minutes or 0,
                    there.zone,
                    at_ms(due.planned),
                    verdict.what,
                    verdict.reason,
                )
            )
            if verdict.what == "sent":
                sent[person] = verdict
        assert len(messages) == len({message.person for message in messages}), "one message to a person"
        for message in messages:
            self._arrives(tx, message, sent[message.person])

    def _arrives(self, tx: Transaction, message: Outgoing, verdict: Verdict) -> None:
        sim = self.sims[message.person]
        row = people.person_by_id(tx, sim.id)
        assert row is not None and row.contact.last is not None
        number = next(self.numbers)
        people.note_message(tx, sim.id, number)
        markup = message.parameters["reply_markup"]["inline_keyboard"]
        choices = tuple(button["callback_data"] for line in markup for button in line)
        counted = bool(row.contact.sent) and row.contact.sent[-1] == self.clock.ms
        came = Came(
            self.clock.ms,
            sim.id,
            verdict.due.rule,
            verdict.due.key,
            message.parameters["text"],
            choices,
            counted,
        )
        self.came.append(came)
        sim.silent_since.append((self.clock.ms, row.contact.unanswered))
        self._reacts(sim, came, number)

    # ------------------------------------------------------------ what people do

    def taps(self, tx: Transaction, sim: Sim, number: int, data: str, text: str) -> None:
        """Tap a button."""
        user = {"id": sim.chat, "is_bot": False, "first_name": "P"}
        message = {"message_id": number, "date": 1, "chat": {"id": sim.chat, "type": "private"}, "text": text}
        query = {"id": str(next(self.numbers)), "from": user, "data": data, "message": message}
        self._update(tx, sim, {"update_id": next(self.numbers), "callback_query": query})

    def writes(self, tx: Transaction, sim: Sim, text: str) -> None:
        """Write a message."""
        user = {"id": sim.chat, "is_bot": False, "first_name": "P"}
        message = {
            "message_id": next(self.numbers),
            "date": self.clock.ms // 1000,
            "chat": {"id": sim.chat, "type": "private"},
            "from": user,
            "text": text,
        }
        self._update(tx, sim, {"update_id": next(self.numbers), "message": message})

    def _update(self, tx: Transaction, sim: Sim, raw: dict[str, Any]) -> None:
        before = {row.id: row for row in actions.open_rows(tx, sim.id)}
        batch: Batch = self.desk.take(tx, [identify(raw)])
        assert all(message.kind != "nudge" for message in batch.outgoing)
        after = {row.id: row for row in actions.open_rows(tx, sim.id)}
        for action in before.keys() - after.keys():
            sim.closed[action] = self.clock.ms
        sim.heard.append(self.clock.ms)
        self._notes(tx, sim, "after a message")
        stored = sessions.open_session_of(tx, sim.id)
        if stored is not None:  # a menu that opened; nobody goes on with it
            sessions.end_session(tx, stored.id, "parked", self.clock.ms)

    def _notes(self, tx: Transaction, sim: Sim, why: str) -> None:
        """Write down the rhythm as it is after something that may have changed it."""
        row = people.person_by_id(tx, sim.id)
        assert row is not None
        sim.silent_since.append((self.clock.ms, row.contact.unanswered))
        zone = row.zone or "" if row.consents.get("remind") else ""
        now = Chosen(self.clock.ms, row.rhythm, zone, why)
        if not sim.chosen or (sim.chosen[-1].rhythm, sim.chosen[-1].zone) != (now.rhythm, now.zone):
            sim.chosen.append(now)

    def _reacts(self, sim: Sim, came: Came, number: int) -> None:
        """Answer, put off or leave a message, by what this person is like."""
        dice = sim.dice
        chance = {"ignores": 0.05, "returns": 0.15, "snoozes": 0.8, "promises": 0.6}.get(sim.kind, 0.75)
        if dice.random() > chance:
            return
        at = self.clock.ms + int(dice.expovariate(1 / (3 * HOUR))) + MINUTE
        snoozes = dice.random() < (0.6 if sim.kind == "snoozes" else 0.1)

        def react(tx: Transaction) -> None:
            code = came.choices[-2].partition("later:")[2]
            if snoozes:
                when = dice.choice(("2h", "tonight", "tomorrow", "week"))
                self.taps(tx, sim, number, f"00000000:0:sn:{when}:{code}", came.text)
            else:
                answers = [choice for choice in came.choices[:-2] if "irrelevant" not in choice]
                self.taps(tx, sim, number, dice.choice(answers), came.text)
            if dice.random() < 0.1:
                self.taps(tx, sim, number, came.choices[0], came.text)  # once more, or another answer

        self.plan(at, react)

    def joins(self, tx: Transaction, kind: str, zone: str, dice: random.Random) -> Sim:
        """A person who has agreed to everything and set a rhythm."""
        chat = next(self.numbers)
        row = people.add_person(tx, BOT_ID, chat, first_name="P", language="en", at_ms=self.clock.ms)
        for purpose in ("remember", "remind"):
            told = {"purpose": purpose, "version": "1"}
            people.record_consent(tx, row, given=True, at_ms=self.clock.ms, **told)
        facts = {"welcomed": "yes", "last_topic": f"topic of {chat}", "last_takeaway": f"sentence of {chat}"}
        people.set_person(tx, row.id, zone=zone, facts=facts)
        sim = Sim(row.id, chat, kind, dice)
        self.sims[row.id] = sim
        review = Slot(dice.randrange(7), dice.choice((0, 60, 480, 545, 990, 1110, 1230, 1439)))
        checkin = Slot(dice.randrange(7), dice.choice((540, 720, 1080))) if dice.random() < 0.7 else None
        most, weekends = dice.choice((1, 2, 3, 3)), dice.random() < 0.3
        rhythm = Rhythm(review=review, checkin=checkin, most=most, weekends=weekends)
        self.sets(tx, sim, replace(rhythm, review_weeks=dice.choice((1, 1, 1, 2, 4))))
        return sim

    def sets(self, tx: Transaction, sim: Sim, rhythm: Rhythm, why: str = "set") -> None:
        """Choose a rhythm."""
        row = people.person_by_id(tx, sim.id)
        assert row is not None
        set_rhythm(tx, row, rhythm, self.clock.ms)
        fresh = people.person_by_id(tx, sim.id)
        assert fresh is not None
        arrange(tx, fresh, self.clock.ms, anew=True)
        self._notes(tx, sim, why)

    def travels(self, tx: Transaction, sim: Sim, zone: str) -> None:
        """Set another clock."""
        people.set_person(tx, sim.id, zone=zone)
        row = people.person_by_id(tx, sim.id)
        assert row is not None
        arrange(tx, row, self.clock.ms)
        self._notes(tx, sim, "travels")

    def talks(self, tx: Transaction, sim: Sim, *, minutes: int, reminder: str, ahead: int) -> None:
        """Have a talk now, and take a step from it with a moment some days ahead."""
        row = people.person_by_id(tx, sim.id)
        assert row is not None and row.zone
        session, now = new_id(), self.clock.ms
        sessions.add_session(tx, session, sim.id, dialogue="grow", version=1, state=b"{}", at_ms=now)
        sessions.end_session(tx, session, "done", now)
        local = moment(now).astimezone(dt.timezone(dt.timedelta(0))).date() + dt.timedelta(days=ahead)
        words = f"step {next(self.numbers)} of {sim.chat}"
        actions.keep_action(
            tx,
            sim.id,
            session,
            "action",
            words=words,
            at_ms=now,
            due_day=local,
            due_minutes=minutes,
            zone=row.zone,
            reminder=reminder,
        )
        kept = actions.action_named(tx, session, "action")
        assert kept is not None
        arrange(tx, row, now)
        sim.promises.append(Promise(now, kept.id, words, local, minutes, reminder))
        sim.talks.append((now, now))
        sim.heard.append(now)
        self._notes(tx, sim, "talk")


def half_year(folder: Path, begin: dt.datetime, people_count: int = 50, days: int = 183) -> World:
    """Let half a year go by, with restarts and an outage of three days."""
    world = World(folder, at_ms(begin))
    dice = random.Random(world.seed)
    end = world.begin + days * DAY
    outage = world.begin + 80 * DAY + 5 * HOUR
    world.outages.append((outage, outage + 3 * DAY))
    for number in range(people_count):
        kind, zone = KINDS[number % len(KINDS)], ZONES[number % len(ZONES)]
        own = random.Random(dice.random())
        with world.database.transaction() as tx:
            sim = world.joins(tx, kind, zone, own)
        _lives(world, sim, end)
    for number in range(1, 6):
        world.runs(world.begin + days * DAY * number // 6)
        world.reopens()
    world.runs(end)
    return world


def _lives(world: World, sim: Sim, end: int) -> None:
    """Talks with steps all along, and what is special to the kind of person."""
    dice = sim.dice
    at = world.begin + dice.randrange(3 * DAY)
    while at < end - 10 * DAY:
        reminder, ahead = dice.choice(("at", "at", "evening", "")), dice.randrange(1, 6)
        minutes = dice.choice((0, 150, 420, 540, 585, 800, 1020, 1200, 1290, 1439))
        world.plan(at, _talk(world, sim, minutes, reminder, ahead))
        if sim.kind == "promises":
            world.plan(at + HOUR, _talk(world, sim, (minutes + 200) % 1440, "at", ahead))
        gap = 70 if sim.kind in ("ignores", "returns") else 6 if sim.kind == "promises" else 14
        at += int(dice.uniform(0.4, 1.6) * gap * DAY)
    if sim.kind in ("changes", "travels"):
        for number in range(1, 7):
            when = world.begin + number * 25 * DAY + dice.randrange(7 * DAY)
            world.plan(when, _change(world, sim) if sim.kind == "changes" else _trip(world, sim))
    if sim.kind == "returns":
        for number in (70, 100, 150):
            world.plan(world.begin + number * DAY + dice.randrange(DAY), _word(world, sim))


def _talk(world: World, sim: Sim, minutes: int, reminder: str, ahead: int) -> Callable[[Transaction], None]:
    return lambda tx: world.talks(tx, sim, minutes=minutes, reminder=reminder, ahead=ahead)


def _change(world: World, sim: Sim) -> Callable[[Transaction], None]:
    def change(tx: Transaction) -> None:
        row = people.person_by_id(tx, sim.id)
        assert row is not None
        slot = Slot(sim.dice.randrange(7), sim.dice.choice((450, 540, 1000, 1260)))
        world.sets(tx, sim, replace(row.rhythm, review=slot), "changes")

    return change


def _trip(world: World, sim: Sim) -> Callable[[Transaction], None]:
    return lambda tx: world.travels(tx, sim, sim.dice.choice(ZONES))


def _word(world: World, sim: Sim) -> Callable[[Transaction], None]:
    return lambda tx: world.writes(tx, sim, "hello again")
