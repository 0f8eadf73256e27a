"""The conversations in conversations/*.md, replayed: what people do goes in, the rest must come out."""

import datetime as dt
import re
from pathlib import Path

import pytest

from flows.library import Library
from flows.markup import plain
from flows.values import Action, Moment, Person, Reviewed, replace
from tests.flows.conftest import CONVERSATIONS, NOT_ASKED_BACK, PLAIN_FACTS, alice_person, erin_person
from tests.flows.driver import Talk

HEAD = re.compile(r"<!-- (?P<who>\w+)(?: (?P<dialogue>\w+))?(?P<facts>(?: \w+=\S+)*) -->")
TURN = re.compile(r"^(?:\*\*\w+:\*\* (?P<words>.*)|_(?P<gap>\d+ \w+) later_)$")
BOB = Person(first_name="Bob", consents=frozenset({"remember"}), sessions=1, facts=PLAIN_FACTS)
DAN = Person(first_name="Dan", zone="Europe/Berlin", consents=frozenset({"remind"}), facts=PLAIN_FACTS)
LAST_WEEK = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
CALL = Action(
    id="c" * 24 + "ca110001",
    words="I call Dana about the opening",
    made=LAST_WEEK,
    due=Moment(dt.date(2026, 11, 19), 14 * 60),
    zone="Europe/Berlin",
    confidence=8,
    obstacle="the phone feels awkward",
    cue="the phone feels awkward",
    response="I send a message first",
)
DRAFT = replace(
    CALL,
    id="d" * 24 + "d4af0001",
    words="I write down three results",
    due=Moment(dt.date(2026, 11, 20), None),
    cue="",
    response="",
)
BUDGET = replace(CALL, id="b" * 24 + "bd9e0001", words="I ask for the budget figures", undone=2, confidence=5)
FRIDAYS = tuple(
    Reviewed(LAST_WEEK - dt.timedelta(weeks=week), outcome, "I go for a run", Moment(friday), 6, "load")
    for week, outcome, friday in (
        (4, "not_yet", dt.date(2026, 10, 16)),
        (3, "not_yet", dt.date(2026, 10, 23)),
        (2, "done", dt.date(2026, 10, 28)),
        (1, "not_yet", dt.date(2026, 11, 6)),
    )
)
EVE = replace(alice_person(), first_name="Eve", actions=(CALL,))
PEOPLE = {
    "alice": alice_person(),
    "bob": BOB,
    "charlie": Person(first_name="Charlie", facts=NOT_ASKED_BACK),
    "ivo": replace(EVE, first_name="Ivo", facts={"welcomed": "yes"}),
    "ida": replace(alice_person(), first_name="Ida", facts={"welcomed": "yes"}),
    "dan": DAN,
    "eve": EVE,
    "fay": replace(EVE, first_name="Fay", actions=(CALL, DRAFT, BUDGET), reviewed=FRIDAYS),
    "hal": replace(
        EVE,
        first_name="Hal",
        actions=tuple(
            replace(
                CALL, id=f"{number:024x}ca11{number:04x}", words=f"I call number {number}", parked=number == 3
            )
            for number in range(1, 8)
        ),
    ),
    "gus": replace(EVE, first_name="Gus", actions=(BUDGET,)),
    "erin": erin_person(),
    "kim": replace(
        EVE,
        first_name="Kim",
        actions=(replace(CALL, undone=1),),
        reviewed=(
            Reviewed(
                LAST_WEEK,
                "not_yet",
                CALL.words,
                Moment(dt.date(2026, 11, 12)),
                8,
                "load",
                "The week was full",
                CALL.id,
            ),
        ),
        facts={"welcomed": "yes", "last_day": "2026-11-16", "last_takeaway": "I ask before I promise"},
    ),
}
FILES = sorted(CONVERSATIONS.glob("*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_conversation_goes_as_written(file: Path, library: Library, request: pytest.FixtureRequest) -> None:
    """A coach can read the file; Cairn says exactly what stands in it."""
    written = file.read_text(encoding="utf-8")
    replayed = replay(written, library)
    if request.config.getoption("--update-golden"):
        file.write_text(replayed, encoding="utf-8")
        return

    assert replayed == written


def replay(written: str, library: Library) -> str:
    """The conversation anew, from its head and from what the person does in it."""
    head = HEAD.search(written)
    assert head is not None, "the first line names person and dialogue"
    talk = Talk(library, PEOPLE[head["who"]])
    if head["dialogue"]:
        facts = dict(fact.split("=", 1) for fact in head["facts"].split())
        chose = facts.pop("chose", "")
        talk.begin(head["dialogue"], *facts.items(), chose=chose)
    for line in written.splitlines():
        if (turn := TURN.match(line)) and not line.startswith("**Cairn:**"):
            act(talk, turn["words"] or "", turn["gap"] or "")
    title = written.splitlines()[0]
    return "\n".join([title, "", head[0], "", *(line.rstrip() for line in talk.lines), *tail(talk)]) + "\n"


def act(talk: Talk, words: str, gap: str) -> None:
    """One line of the file, done."""
    words = words.replace("␤", "\n")
    if gap:
        count, unit = gap.split()
        talk.wait(**{unit if unit.endswith("s") else f"{unit}s": int(count)})
    elif words.startswith("["):
        talk.tap(words[1:-1])
    elif words.startswith("/"):
        talk.command(words[1:])
    elif words.startswith("(at once) "):
        talk.type(words.removeprefix("(at once) "), early=True)
    elif edit := re.match(r"\(edits “(.*)”\) (.*)", words):
        talk.edit(talk.wrote[edit[1]], edit[2])
    elif words == "(taps it again)":
        talk.tap_again()
    elif words.startswith("(taps “"):
        talk.resume_from()
    elif words == "(shares a location)":
        talk.locate("Asia/Kolkata")
    elif words.startswith("(") and words.endswith(")"):
        talk.show(words[1:-1])
    else:
        talk.type(words)


def tail(talk: Talk) -> list[str]:
    """What is kept and planned in the end."""
    rows = [f"{a.field}: {a.raw!r}" + (" (skipped)" if a.skipped else "") for _, a in talk.answers]
    if talk.action:
        rows.append(
            f"step: {talk.action.words!r}, due {talk.action.due}, confidence {talk.action.confidence}"
        )
    for reminder in talk.planned.values():
        clock = f"{reminder.minutes // 60:02d}:{reminder.minutes % 60:02d}"
        words = plain(reminder.spans).replace("\n", " ")
        rows.append(f"planned for {reminder.day} {clock} {reminder.zone}{f': {words}' if words else ''}")
    state = "open" if talk.session else "erased" if talk.erased else "closed"
    paused = [f"paused: {rest.dialogue}, {rest.where or '-'}" for rest in talk.person.paused]
    return ["---", "", "_Kept and planned:_", "", *(f"- _{row}_" for row in [*rows, *paused, state])]
