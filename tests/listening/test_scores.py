"""Figures on labelled answers, as floors: the half that was tuned on, and the half that was not."""

import json
from pathlib import Path

import pytest

from flows.commandline.measuring import Figures, Judged, figures_of
from flows.listening import listen

HERE = Path(__file__).parent
GIVEN = HERE.parents[2] / "shared" / "listening_cases.jsonl"


def judged(rows: list[dict[str, str]]) -> list[Judged]:
    """The answers beside their labels."""
    found = []
    for row in rows:
        heard = listen(row["text"], row["context"])
        due = bool(row["probe_expected"])
        found.append(Judged("", row["context"], row["text"], row["probe"], due, heard.probe, heard.ack, 0.0))
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def lines_of(name: str) -> list[str]:
    """The phrases of a file, without its comments."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def assert_good(found: Figures) -> None:
    """What a coach who listens by rules has to reach."""
    assert found.precision >= 0.85
    assert found.recall >= 0.75
    assert found.needless <= 0.10
    assert found.crisis_missed == 0
    assert found.stopped == 0


@pytest.mark.parametrize("split", ["dev", "unseen", "last"])
def test_fresh_answers_are_judged_well_enough(split: str) -> None:
    """Only the split called dev was in view while the words were chosen."""
    assert_good(figures_of(judged([row for row in rows_of(HERE / "fresh.jsonl") if row["split"] == split])))


@pytest.mark.skipif(not GIVEN.exists(), reason="the labelled answers are not beside this project")
def test_given_answers_are_judged_well_enough() -> None:
    """They are kept outside the project."""
    assert_good(figures_of(judged(rows_of(GIVEN))))


@pytest.mark.parametrize("text", lines_of("crisis.txt"))
def test_a_crisis_is_heard(text: str) -> None:
    """However it is written, and whatever was asked."""
    shapes = (text, text.upper(), text.replace("'", "’"), text.replace("'", ""), f"  {text} 😞..")

    assert {listen(shape, context).probe for shape in shapes for context in ("grow.goal", "x")} == {
        "I_CRISIS"
    }


@pytest.mark.parametrize("text", lines_of("crisis_hints.txt"))
def test_a_hint_of_it_is_asked_about(text: str) -> None:
    """What may mean something else stops the talk for one question, if not for help at once."""
    shapes = (text, text.upper(), text.replace("'", "’"))

    assert {listen(shape, context).probe for shape in shapes for context in ("grow.goal", "x")} <= {
        "I_SOFT",
        "I_CRISIS",
    }


@pytest.mark.parametrize("text", lines_of("near_misses.txt"))
def test_a_figure_of_speech_stops_nothing(text: str) -> None:
    """Not the talk, and not in capitals either."""
    heard = {listen(shape, "grow.reality").about for shape in (text, text.upper(), text.replace("'", "’"))}

    assert not heard & {"crisis", "crisis_soft", "therapy", "workplace_harm", "stop"}
