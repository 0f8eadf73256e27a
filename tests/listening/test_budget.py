"""How often a sitting may ask back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from flows.listening import Budget, budget_of, listen
from flows.listening.budget import COLOUR
from flows.listening.contexts import PRIORITY

SIGNALS = st.sampled_from(PRIORITY)
PHASES = st.sampled_from(["goal", "reality", "options", "will"])
STEPS = st.lists(st.tuples(SIGNALS, PHASES, st.sampled_from(["answered", "turned_down"])), max_size=30)


def lived(steps: list[tuple[str, str, str]]) -> Budget:
    """A budget after some probes, each asked only if it was allowed."""
    budget = Budget()
    for signal, phase, end in steps:
        if budget.allows(signal, phase):
            budget = budget.spent(signal, phase)
            budget = budget.answered() if end == "answered" else budget.turned_down(signal)
    return budget


@given(STEPS)
def test_a_sitting_asks_back_four_times_at_most(steps: list[tuple[str, str, str]]) -> None:
    """Once in a phase, twice in the goal, twice about the same."""
    asked = lived(steps).asked
    phases = [phase for phase, _ in asked]

    assert len(asked) <= 4
    assert all(phases.count(phase) <= (2 if phase == "goal" else 1) for phase in phases)
    assert all([s for _, s in asked].count(signal) <= 2 for _, signal in asked)


@given(STEPS)
def test_a_budget_survives_json(steps: list[tuple[str, str, str]]) -> None:
    """It is stored with the session."""
    budget = lived(steps)

    assert budget_of(json.loads(json.dumps(budget.plain()))) == budget


@given(STEPS, SIGNALS, PHASES)
def test_two_refusals_silence_colour(steps: list[tuple[str, str, str]], signal: str, phase: str) -> None:
    """What is missing may still be asked for."""
    budget = lived(steps)

    assert budget.declined < 2 or signal not in COLOUR or not budget.allows(signal, phase)


@given(STEPS, SIGNALS)
def test_an_open_probe_is_not_probed(steps: list[tuple[str, str, str]], signal: str) -> None:
    """Never a probe on a probe."""
    assert not lived(steps).next_sitting().spent(signal, "will").allows("vague", "goal")


@given(SIGNALS)
def test_three_refusals_of_a_signal_mute_it_beyond_the_sitting(signal: str) -> None:
    """The same person is asked less."""
    budget = Budget()
    for _ in range(3):
        budget = budget.next_sitting().spent(signal, "goal").turned_down(signal)

    assert not budget.next_sitting().allows(signal, "goal")


def test_a_muted_signal_gives_way_to_the_next() -> None:
    """The answer is still heard whole."""
    text = "nobody ever listens to me, nothing ever works"
    first = listen(text, "grow.reality")
    second = listen(text, "grow.reality", Budget(muted=("other_focus",)))

    assert (first.about, second.about) == ("other_focus", "absolute")
    assert first.signals == second.signals


def test_danger_is_heard_whatever_was_spent() -> None:
    """Interrupts are not counted."""
    spent = Budget(asked=(("goal", "vague"),) * 4, declined=5, on_probe=True)

    assert listen("i want to die", "grow.goal", spent).probe == "I_CRISIS"
    assert listen("i want more", "grow.goal", spent).probe is None


def test_a_figure_of_speech_is_asked_about_once() -> None:
    """Then it is only noted."""
    budget = Budget().spent("crisis_soft", "goal").answered()

    assert listen("kms lol", "grow.goal").probe == "I_SOFT"
    assert listen("kms lol", "grow.goal", budget).probe is None
