"""Taking an answer: filling its gaps, keeping it, and going on.

1. A probe's answer is joined to the first one. 2. If something is missing that the step listens
for, one small question is put in between. 3. Otherwise the question loses its buttons, the answer
is kept, the step's actions are done and the dialogue goes on.
"""

from __future__ import annotations

from typing import Any

from flows.actions import perform
from flows.asking import ask, ask_again, put_away
from flows.finishing import finish
from flows.gaps import GAPS
from flows.hearing import is_about_answer
from flows.moving import enter, lay_over, leave, uncover
from flows.phrasing import choose, eligible, filled, phrase
from flows.probing import acknowledge, is_only_feeling, meet, probe_for
from flows.reading.choices import read_yes_no
from flows.session import Answer, Visit
from flows.so_far import was_put
from flows.turn import Heard, Turn
from flows.values import replace

FEELING = "feeling"
STRUCTURAL = ("ambiguous_date", "past_date", "which_day", "which_moment", "far_date", "no_response")
# these complete one value; the others are probes proper, of which an answer gets one

LATELY, TELLS = 4, 4  # wordings; words


def accept(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Take an answer that was understood."""
    said = heard
    if is_about_answer(visit):
        heard = GAPS[visit.gap].merge(turn, visit.about, heard)
    if not heard.skipped and is_only_feeling(turn, visit, heard):
        stay_with(turn, visit, heard)
        return
    gap, word = ("" if heard.skipped else gap_of(turn, visit, heard)), ""
    met = acknowledge(turn, visit, said)
    if not gap:
        gap, word = probe_for(turn, visit, heard)
        word = "" if met else word  # words are said back once
    if gap:
        probed = [*visit.about.get("probed", ()), gap]
        about = {**_about(visit, heard), "probed": probed, "word": word}
        probe(turn, visit, gap, about=about, heard=heard)
        return
    turn.close(visit, heard.shown)
    settle(turn, visit, heard)


def stay_with(turn: Turn, visit: Visit, heard: Heard) -> None:
    """What was told instead of an answer is met, and the question waits; how to go on is asked once."""
    meet(turn, heard)
    turn.visits[-1] = replace(visit, about={**visit.about, "felt": True})
    if was_put(turn, f"{FEELING}."):
        ask_again(turn)
    else:
        lay_over(turn, FEELING)


def gap_of(turn: Turn, visit: Visit, heard: Heard) -> str:
    """The first gap the step listens for that this answer has and that was not asked about yet."""
    probed = visit.about.get("probed", ())
    exhausted = any(name not in STRUCTURAL for name in probed)
    for name in turn.step.listens:
        if name in probed or (exhausted and name not in STRUCTURAL):
            continue
        if name == "which_day" and visit.gap == "ambiguous_date":
            continue  # the days it could be are known: they are asked about once more
        if GAPS[name].holds(turn, heard):
            return name
    return ""


def _about(visit: Visit, heard: Heard) -> dict[str, Any]:
    kept = {key: visit.about[key] for key in ("timed",) if key in visit.about}
    return {
        **kept,
        "value": heard.value,
        "raw": heard.raw,
        "shown": heard.shown,
        "choice": heard.choice,
        "items": list(heard.items),
        "signals": list(heard.signals),
        "ids": _ids(visit, heard),
    }


def _ids(visit: Visit, heard: Heard) -> list[int]:
    return list(dict.fromkeys((*visit.about.get("ids", ()), *heard.message_ids)))


def first_of(visit: Visit) -> Heard:
    """The answer a probe was about."""
    about = visit.about
    raw, choice = about.get("raw", ""), about.get("choice", "")
    return Heard(raw, about.get("value"), choice=choice, message_ids=tuple(about.get("ids", ())))


def probe(
    turn: Turn,
    visit: Visit,
    gap: str,
    *,
    rung: int = 0,
    about: dict[str, Any],
    heard: Heard | None = None,
) -> None:
    """Put a small question in between; what was said so far is already kept."""
    if heard is not None and not heard.missed:
        turn.close(visit, heard.shown)
        keep(turn, visit, heard)
    else:
        turn.close(visit)
    ask(turn, gap, rung=rung, about=about)


def keep(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Keep the answer, in place of the one that this step has given so far."""
    frame = visit.frame
    answer = Answer(
        ask=visit.ask,
        dialogue=frame.dialogue,
        step=frame.step,
        scope=frame.scope,
        field=turn.step.saves,
        value=heard.value,
        raw=heard.raw,
        message_ids=tuple(_ids(visit, heard)),
        skipped=heard.skipped,
    )
    place = _so_far(turn, visit)
    if place is None:
        turn.remember(answer, heard.signals)
    else:
        turn.amend(place, answer, heard.signals)


def _so_far(turn: Turn, visit: Visit) -> int | None:
    """Where the answer stands that this very question has got already."""
    here = (visit.frame.dialogue, visit.frame.step, visit.frame.scope, turn.step.saves)
    asked = [v for v in turn.visits if not v.gap and v.frames == visit.frames]
    begin = asked[-1].kept if asked else visit.kept
    for place in range(len(turn.answers) - 1, begin - 1, -1):
        answer = turn.answers[place]
        if (answer.dialogue, answer.step, answer.scope, answer.field) == here:
            return place
    return None


def miss(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Something was said that does not answer: ask smaller once, then keep the words and go on.

    A time where a day was asked for is noted for the day that is still to come.
    """
    turn.close(visit)
    timed = {"timed": list(heard.items)} if heard.items and "no_day" in heard.signals else {}
    about = {**visit.about, **timed, "ids": _ids(visit, heard)}
    words = "\n".join(part for part in (about.get("words", ""), heard.raw) if part)
    if visit.misses == 0 or "skip" in turn.step.without or turn.dialogue.kind == "aside":
        if not timed and not _nods(turn, visit, heard):
            turn.lead(phrase(turn, "heard_more" if _tells_on(turn, heard) else _miss_phrase(visit)))
        ask(turn, visit.gap, rung=visit.rung, about={**about, "words": heard.raw}, misses=visit.misses + 1)
        turn.visits[-1] = replace(turn.visits[-1], kept=visit.kept)
        turn.visits.pop(-2)
        return
    turn.lead(phrase(turn, "kept_words"))
    if is_about_answer(visit):
        first = first_of(visit)
        settle(turn, visit, replace(first, raw="\n".join(part for part in (first.raw, words) if part)))
        return
    settle(turn, visit, replace(heard, raw=words, signals=(*heard.signals, "not_understood")))


def _tells_on(turn: Turn, heard: Heard) -> bool:
    """Whether somebody who told something a moment ago goes on telling, over the question that came back."""
    lately = any(key.startswith("feeling.") for key, _ in turn.used[-LATELY:])
    return lately and len(heard.raw.split()) >= TELLS


def _nods(turn: Turn, visit: Visit, heard: Heard) -> bool:
    """Whether this is a plain yes to what was said back in front of the question ("So it is Friday.")."""
    if visit.gap or visit.misses or len(turn.visits) < 2 or read_yes_no(heard.raw) is not True:
        return False
    before = turn.visits[-2].frame
    known = turn.library.dialogues.get(before.dialogue)
    step = known.steps.get(before.step) if known else None
    return step is not None and bool(step.echo)


def _miss_phrase(visit: Visit) -> str:
    return {"scale": "not_a_number", "date": "not_a_date"}.get(visit.reply, "not_understood")


def settle(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Keep the answer, do what the step does with it, and go on."""
    turn.waiting = False
    if heard.choice != "located":
        put_away(turn, visit)
    keep(turn, visit, heard)
    turn.heard = heard
    turn.last_choice = heard.choice or (heard.value if turn.step.reply == "yesno" else "") or ""
    step = turn.step
    for name in step.actions:
        perform(name, turn)
    if step.echo and not heard.skipped and heard.value is not None and eligible(turn, step.echo):
        key = f"{turn.frame.dialogue}.{turn.frame.step}/echo"
        turn.lead(filled(turn, choose(turn, key, step.echo)))
    go_on(turn)


def go_on(turn: Turn) -> None:
    """Leave the answered step; come back to the question below when an aside is over."""
    if turn.ended or turn.paused:
        return
    depth, aside = len(turn.frames), turn.dialogue.kind == "aside"
    leave(turn)
    if turn.frames and aside and len(turn.frames) < depth:
        uncover(turn)
        return
    enter(turn)
    if not turn.frames and not turn.ended:
        finish(turn, "done")
