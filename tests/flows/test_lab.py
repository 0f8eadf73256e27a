"""The lab: scripted people walk through weeks of talks, and what they meet is counted."""

import datetime as dt
import io
from pathlib import Path

import pytest

from flows.commandline.commands import main
from flows.commandline.lab.acting import Actor
from flows.commandline.lab.character import Answer, Character, Interjection, Sitting
from flows.commandline.lab.command import counts_of
from flows.commandline.lab.counting import RECENT, count, repeated, words
from flows.commandline.lab.moves import button_of, event_of, gap, is_sound
from flows.commandline.lab.reading import people
from flows.commandline.lab.tally import Tally, ours, talks
from flows.commandline.lab.walking import Walk, sittings, walk
from flows.effects import Button, Say, Span
from flows.errors import DialogueError
from flows.events import Commanded, Located, Replied, Showed
from flows.library import Library
from flows.loader import load
from flows.session import Frame, Session, Visit

LIBRARY = load()
PEOPLE = people(LIBRARY)
AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
WRONG = """
name = "other"
about = ""
colour = "red"
[[sitting]]
day = 3
time = "late"
opens = "/satrt"
[answers]
topik = ["my boss"]
goal = [{ say = "a plan", god = true }, "(sneezes)"]
success = []
[probed]
which_dai = ["friday"]
[[interjection]]
at = "nowhere"
moves = []
"""


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of one command."""
    out = io.StringIO()
    return main(arguments, io.StringIO(), out), out.getvalue()


@pytest.fixture(scope="module")
def walked() -> dict[str, Walk]:
    """Everybody's three weeks."""
    return {name: walk(person, LIBRARY, 3, 1) for name, person in PEOPLE.items()}


# ---------------------------------------------------------------- people


def test_people_cover_the_range_of_those_who_come() -> None:
    """From willing to hostile, and those whose English or certainty is thin."""
    expected = {
        *("cooperative", "terse", "vague", "upset", "talkative", "hostile", "returning"),
        *("specific", "unsure", "second_language"),
    }

    assert set(PEOPLE) == expected


def test_people_files_tell_all_their_problems_at_once(tmp_path: Path) -> None:
    """Each says where it is; a misspelt question is guessed."""
    (tmp_path / "wrong.toml").write_text(WRONG, encoding="utf-8")

    with pytest.raises(DialogueError) as caught:
        people(LIBRARY, tmp_path)

    told = "\n".join(caught.value.issues)
    for problem in (
        "wrong: needs a text as “first_name”",
        "wrong: needs a text as “about”",
        "is called “other” inside",
        "has a key “colour”",
        "has a time “late”",
        "there is no “satrt” in the dialogues; did you mean “start”?",
        "needs sittings on rising days, the first on day 0",
        "there is no “topik” in the dialogues; did you mean “topic”?",
        "has a key “god”",
        "has a move “(sneezes)”",
        "answers, success needs one answer at least",
        "there is no “which_dai” in the dialogues; did you mean “which_day”?",
        "there is no “nowhere” in the dialogues",
        "interjection 1 makes no move",
    ):
        assert problem in told


def test_answers_may_stand_ready_for_a_dialogue_that_is_not_loaded() -> None:
    """A folder may hold a part of the dialogues; sittings that need another are left out."""
    person = Character(
        "p", "P", "", sittings=(Sitting(0, "09:00", "hi"), Sitting(1, "09:00", "/x", "absent"))
    )

    assert [sitting.day for sitting in sittings(person, LIBRARY, 2)] == [0]
    assert any(key.startswith("checkin.") for key in PEOPLE["terse"].answers)


def test_sittings_come_round_again_but_for_the_first() -> None:
    """The welcome happens once; then weeks repeat for as long as wanted."""
    person = Character("p", "P", "", sittings=tuple(Sitting(day, "09:00", "hi") for day in (0, 7, 14)))

    assert [sitting.day for sitting in sittings(person, LIBRARY, 5)] == [0, 7, 14, 21, 28]
    assert [sitting.day for sitting in sittings(person, LIBRARY, 1)] == [0]


# ---------------------------------------------------------------- moves and answers


def test_moves_are_read_as_in_play() -> None:
    """Words, commands, locations, things without words, and time."""
    assert event_of("my boss", AT, 1) == Replied(AT, "my boss", 1)
    assert event_of("/why", AT, 1) == Commanded(AT, "why", "", 1)
    assert event_of("@Europe/Berlin", AT, 1) == Located(AT, "Europe/Berlin", 1)
    assert event_of("(sticker)", AT, 1) == Showed(AT, "sticker", 1)
    assert gap("(9 days later)") == dt.timedelta(days=9)
    assert gap("(1 hour later)") == dt.timedelta(hours=1)
    assert is_sound("(he laughed)") is False


@pytest.mark.parametrize(
    ("move", "label"),
    [("!yes", "Yes, it is"), ("!2", "No"), ("!skip", "Skip"), ("!", "Yes, it is"), ("!x", "")],
)
def test_moves_tap_by_choice_number_or_label(move: str, label: str) -> None:
    """Controls are named without their sign; a bare sign taps the first answer."""
    rows = ((Button("Yes, it is", "yes"), Button("No", "no")), (Button("Skip", "_skip"),))

    button = button_of(move, rows)

    assert (button.label if button else "") == label


def asked(step: str, number: int, session: str = "a", *, gap: str = "") -> tuple[Session, Visit]:
    """A session in which this question of GROW is open."""
    frame = Frame("grow", 4, step)
    visit = Visit(number, (frame,), 0, gap=gap, reply="text")
    return Session(id=session, at=AT, frames=(frame,), visits=(visit,), waiting=True), visit


def test_actor_answers_by_meaning_and_talk() -> None:
    """The second talk takes the second answer, whatever was asked in between."""
    answers = {
        "topic": (Answer(("boss",)), Answer(("pay",))),
        "goal": (Answer(("a plan",)), Answer(("a no",))),
    }
    actor = Actor(Character("p", "P", "", answers=answers), LIBRARY)

    said = [
        actor.answer(*asked(step, n, talk)) for n, (step, talk) in enumerate((("topic", "a"), ("goal", "b")))
    ]

    assert said == [("boss",), ("a no",)]


def test_actor_says_more_when_asked_about_an_answer() -> None:
    """First what belongs to the answer, then what belongs to the gap, at last fine as it is."""
    answers = {"topic": (Answer(("work stuff",), then=("my boss",)),)}
    actor = Actor(Character("p", "P", "", answers=answers, probed={"bare": (Answer(("hm",)),)}), LIBRARY)
    actor.answer(*asked("topic", 1))

    said = [
        actor.answer(*asked("topic", n, gap=name)) for n, name in ((2, "bare"), (3, "bare"), (4, "empty"))
    ]

    assert said == [("my boss",), ("hm",), ("!fine",)]


def test_actor_answers_afresh_after_an_interjection() -> None:
    """What was blurted out is no answer: the question that comes back gets its own."""
    answers = {"topic": (Answer(("boss",), then=("more",)),)}
    person = Character("p", "P", "", answers=answers, interjections=(Interjection("topic", ("ugh",)),))
    actor = Actor(person, LIBRARY)
    actor.interjects(*asked("topic", 1))

    said = [actor.answer(*asked("topic", 2)), actor.answer(*asked("topic", 3))]

    assert said == [("boss",), ("more",)]


def test_actor_interjects_once() -> None:
    """In the talk it was written for, before answering."""
    once = Interjection("topic", ("why",), talk=2)
    actor = Actor(Character("p", "P", "", interjections=(once,)), LIBRARY)

    made = [actor.interjects(*asked("topic", n, talk)) for n, talk in enumerate(("a", "b", "b"))]

    assert made == [(), ("why",), ()]


# ---------------------------------------------------------------- walking


@pytest.mark.parametrize("name", PEOPLE)
def test_every_sitting_comes_to_its_end(name: str, walked: dict[str, Walk]) -> None:
    """No dead end and no circle, and talks are finished in it."""
    assert walked[name].stuck == []
    assert sum(talk.outcome == "done" for talk in counts_of(walked)[name]) >= 3


@pytest.mark.parametrize("seed", [2, 3])
def test_every_sitting_comes_to_its_end_in_other_words(seed: int) -> None:
    """Other wordings and longer weeks lead nowhere else."""
    stuck = [place for person in PEOPLE.values() for place in walk(person, LIBRARY, 5, seed).stuck]

    assert stuck == []


def test_a_walk_is_the_same_for_the_same_seed(walked: dict[str, Walk]) -> None:
    """Another seed gives other wordings."""
    again, other = (walk(PEOPLE["terse"], LIBRARY, 3, seed).page.text() for seed in (1, 2))

    assert again == walked["terse"].page.text()
    assert other != again


def test_cooperative_person_stays_within_what_a_phone_bears(walked: dict[str, Walk]) -> None:
    """Seventeen typed answers and ten taps, permission and clock aside."""
    talks_ = counts_of(walked)["cooperative"]

    assert len(talks_) >= 6
    assert [talk for talk in talks_ if not talk.is_within_limits] == []


def test_planned_message_comes_at_its_time(walked: dict[str, Walk]) -> None:
    """Before the next sitting, with the day it was promised for."""
    text = walked["cooperative"].page.text()

    assert text.index("planned, Tuesday 24 November") < text.index("## Monday 30 November")


def test_steps_are_looked_back_at_in_the_next_week(walked: dict[str, Walk]) -> None:
    """What was decided in one talk is remembered in the next."""
    review = walked["cooperative"].page.text().partition("## Monday 30 November")[2]

    assert "Set for Tuesday 24 November, 09:00" in review.partition("## ")[0]


# ---------------------------------------------------------------- counting


def say(text: str, ask: int | None = 1, step: str = "grow.topic", **more: object) -> Say:
    """A message of the coach."""
    return Say((Span(text),), ask=ask, step=step, wording="a", **more)  # type: ignore[arg-type]  # test data


@pytest.fixture
def tally() -> Tally:
    """A tiny talk: a question, a needless probe, the ladder, and a sentence."""
    talk = Tally("grow", AT, typed=2, taps=1, messages=4, outcome="done")
    said = {"my boss shouts at me"}
    talk.say(say("Goal · 1 of 9\nWhat is it about today?"), said, was_good=False)
    talk.say(say("“my boss shouts…”: what do you mean? And when?", 2, "grow.topic/bare"), said, was_good=True)
    talk.say(say("What is it about today?", 3, "grow.goal/dont_know1"), said, was_good=True)
    talk.say(say("You came for “something else”. Well then.", None), said, was_good=False)
    return talk


def test_counts_of_a_tiny_talk(tally: Tally) -> None:
    """Worked out by hand."""
    tally.used = (("grow.topic", "a"), ("grow.goal", "b"), ("grow.topic", "a"))
    tally.dated = {"action": True, "piece": False}

    counted = count([tally])[0]

    assert (counted.questions, counted.messages, counted.typed, counted.taps) == (3, 4, 2, 1)
    assert (counted.probes, counted.needless, counted.rungs) == (1, 1, 1)
    assert (counted.median, counted.longest) == (5, 6)
    assert (counted.quotes, counted.quoting, counted.stacked) == (1, 25, 1)
    assert (counted.wordings, counted.sentences, counted.dated) == (1, 1, 1)
    assert counted.outcome == "done"


def test_repetition_is_seen_against_the_talks_before(tally: Tally) -> None:
    """Within three talks; what lies further back is forgotten."""
    tally.used = (("grow.topic", "a"),)
    others = [Tally("grow", AT) for _ in range(RECENT)]
    again = Tally("grow", AT, used=tally.used, texts=["What is it about today?"])

    near, far = count([tally, *others[1:], again])[-1], count([tally, *others, again])[-1]

    assert (near.wordings, near.sentences) == (1, 1)
    assert (far.wordings, far.sentences) == (0, 0)
    assert repeated("aba", "b") == 2


def test_words_of_the_coach_leave_out_quotes_lists_and_progress() -> None:
    """Only what the dialogue's author wrote is measured."""
    assert words(ours("Goal · 1 of 9\nNoted:\n1. ask Ray today\n\n“my own words”: more?")) == 2


def test_list_that_grows_is_no_question() -> None:
    """The message that shows it so far carries a number, and asks nothing new."""
    talk = Tally("grow", AT)
    talk.say(say("Noted", rows=((Button("That's all", "_done"),),)), set(), was_good=False)

    assert talk.asked == []


def test_what_leads_into_a_talk_is_counted_with_it() -> None:
    """A lobby of the same day goes to the talk after it, one without to the talk before."""
    first, second = Tally("grow", AT, texts=["a"]), Tally("grow", AT + dt.timedelta(days=7), texts=["b"])
    lobby = Tally("lobby", second.at, leads=True, texts=["c"], taps=1, messages=1)
    menu = Tally("menu", second.at, leads=True, texts=["d"], messages=1)

    counted = talks([first, lobby, second, menu])

    assert counted == [first, second]
    assert (second.taps, second.messages, sorted(second.texts)) == (1, 2, ["b", "c", "d"])


# ---------------------------------------------------------------- the command


def test_lab_prints_a_transcript_with_its_table() -> None:
    """Who, text, buttons in brackets, dates; then the numbers and what they mean."""
    code, text = run("lab", "--person", "terse")

    assert code == 0
    assert text.startswith("# terse: Dan\n")
    assert "## Monday 23 November 2026" in text
    assert "**3 Dan** 15:10: Dan" in text
    assert "> `[‹ Back] [Skip] [Pause]`" in text
    assert "| terse  | welcome |" in text
    assert "stacked:" in text


def test_lab_prints_the_table_of_all_people() -> None:
    """With --counts there is nothing else."""
    code, text = run("lab", "--counts", "--weeks", "1")

    assert code == 0
    assert text.startswith("| person ")
    assert all(f"| {name}" in text for name in PEOPLE)
    assert "**" not in text


def test_lab_writes_files(tmp_path: Path) -> None:
    """One for each person, and the table."""
    code, text = run("lab", "--out", str(tmp_path / "new"), "--weeks", "1", "--person", "vague")

    assert code == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["counts.md", "vague.md"]
    assert text == (tmp_path / "new" / "counts.md").read_text(encoding="utf-8")


def test_lab_guesses_a_misspelt_person() -> None:
    """As everywhere on this command line."""
    assert run("lab", "--person", "tersse") == (1, "There is no person “tersse”; did you mean “terse”?\n")


def test_lab_refuses_broken_people(tmp_path: Path) -> None:
    """What is wrong is listed instead of walked."""
    (tmp_path / "wrong.toml").write_text(WRONG, encoding="utf-8")

    code, text = run("lab", "--people", str(tmp_path))

    assert code == 1
    assert "wrong: has a key “colour”" in text


def test_library_is_left_as_it_was(library: Library) -> None:
    """A walk changes nothing that another one sees."""
    before = {name: dict(dialogue.steps) for name, dialogue in library.dialogues.items()}
    walk(PEOPLE["hostile"], library, 1, 1)

    assert {name: dict(dialogue.steps) for name, dialogue in library.dialogues.items()} == before
