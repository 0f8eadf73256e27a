"""The storm and the schedules run and count; how fast they are is no matter of a test."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.bench import schedules
from tests.bench.lean.pace import Pace
from tests.bench.storm import Storm, run_storm, stacks_for


def test_the_server_refuses_what_passes_thirty_and_the_tolerance_in_a_second() -> None:
    """Thirty-three to as many chats pass; polls and answers to taps are not counted."""
    pace = Pace(30)
    waits = [pace.check("sendMessage", str(chat)) for chat in range(35)]

    assert waits == [0] * 33 + [1] * 2
    assert pace.check("answerCallbackQuery", "None") == 0
    assert (pace.refusals, pace.busiest) == (2, 33)


def test_the_server_lets_a_chat_have_three_at_once() -> None:
    """The fourth must wait a second."""
    pace = Pace(30)

    assert [pace.check("sendMessage", "1") for _ in range(4)] == [0, 0, 0, 1]
    assert pace.check("sendMessage", "2") == 0


@pytest.mark.slow
async def test_a_small_storm_is_measured() -> None:
    """Sixty nudges, three seconds: some arrive, none twice, none refused."""
    small = Storm(nudges=60, people=4, calm=2.0, lasts=3.0, start=6.0, warm_up=1.0, pause=(0.2, 0.4))
    (cairn,) = stacks_for("cairn")
    figures = await run_storm(cairn, small)

    assert 0 < figures["nudges"] <= 60
    assert (figures["doubled"], figures["refusals"]) == (0, 0)
    assert figures["calm_turns"] > 0


@pytest.mark.slow
async def test_small_schedules_are_measured(tmp_path: Path) -> None:
    """All that fell due was sent once."""
    options = argparse.Namespace(persons=20, sizes="30,60", checks=3, seconds=1)
    figures = await schedules.measure(f"sqlite:///{tmp_path / 'cairn.db'}", options)

    assert [row["planned"] for row in figures] == [30, 60]
    assert figures[-1]["sent"] == figures[-1]["due"] == schedules.EACH_SECOND
