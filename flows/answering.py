"""Taking an answer: filling its gaps, keeping it, and going on.

1. The answered question loses its buttons. 2. A probe's answer is joined to the first one.
3. If something is missing that the step listens for, one small question is put in between.
4. Otherwise the answer is kept, the step's actions are done and the dialogue goes on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from flows.actions import perform
from flows.asking import ask, ask_again, refresh_keyboard, show_items
from flows.effects import DropReminder, Supersede
from flows.events import Replied
from flows.gaps import GAPS
from flows.hearing import hear
from flows.markup import cut
from flows.moving import enter, finish, leave
from flows.phrasing import choose, filled, phrase
from flows.reading.lists import read_items
from flows.session import Answer, Frame, Visit
from flows.turn import Heard, Turn

FULL_LIST = 8
STRUCTURAL = ("ambiguous_date", "past_date", "which_day", "which_moment", "far_date", "no_response")
# these complete one value; the others are probes proper, of which an answer gets one


def reply(turn: Turn, visit: Visit, event: Replied) -> None:
    """Take a typed answer to the open question."""
    heard = hear(turn, visit, event)
    if isinstance(heard, str):
        control(turn, visit, heard, event)
    elif turn.step.many and not visit.gap:
        collect(turn, visit, heard)
    elif heard.missed and not _gap_of(turn, visit, heard):
        miss(turn, visit, heard)
    else:
        accept(turn, visit, heard)


def collect(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Add to the list that several messages make; it closes itself when it is long enough."""
    added = [item for item in read_items(heard.raw) if item]
    items = [*visit.about.get("items", ()), *added]
    raws = [*visit.about.get("raws", ()), heard.raw]
    ids = [*visit.about.get("ids", ()), *heard.message_ids]
    if not items:
        miss(turn, visit, heard)
        return
    first = not visit.about.get("items")
    visit = replace(visit, about={**visit.about, "items": items, "raws": raws, "ids": ids})
    if len(items) >= FULL_LIST:
        turn.lead(phrase(turn, "list_full"))
        accept(turn, visit, _whole(visit))
        return
    if first:
        turn.close(visit)
        turn.number += 1
        visit = replace(visit, ask=turn.number)
    _keep_so_far(turn, visit)
    show_items(turn, visit, anew=first)


def _keep_so_far(turn: Turn, visit: Visit) -> None:
    """The list is kept with each message, so that nothing waits for the last word."""
    turn.do(Supersede(visit.ask))
    turn.answers = turn.answers[: visit.kept]
    _keep(turn, visit, _whole(visit))


def _whole(visit: Visit) -> Heard:
    about = visit.about
    return Heard("\n".join(about["raws"]), list(about["items"]), message_ids=tuple(about["ids"]))


def control(turn: Turn, visit: Visit, name: str, event: Replied | None = None) -> None:
    """Do what a control says, whether it was tapped or typed."""
    raw, ids = (event.text, (event.message_id,)) if event else ("", ())
    match name:
        case "back":
            back(turn)
        case "skip":
            skip(turn, visit, raw, ids)
        case "unsure":
            unsure(turn, visit, raw, ids)
        case "done":
            done(turn, visit, raw, ids)
        case "keep" if visit.about.get("previous"):
            keep_previous(turn, visit)
        case "fine" | "keep":
            fine(turn, visit)
        case _:
            lay_over(turn, "pause")


def skip(turn: Turn, visit: Visit, raw: str = "", ids: tuple[int, ...] = ()) -> None:
    """Go on without an answer; a skipped probe leaves the first answer as it is."""
    if visit.gap and visit.gap != "dont_know":
        fine(turn, visit)
        return
    if visit.about.get("raws"):
        done(turn, visit, raw, ids)
        return
    if "skip" in turn.step.without:
        miss(turn, visit, Heard(raw, message_ids=ids))
        return
    shown = "" if raw else turn.library.label("skipped")
    accept(turn, visit, Heard(raw, shown=shown, message_ids=ids, skipped=True))


def done(turn: Turn, visit: Visit, raw: str, ids: tuple[int, ...]) -> None:
    """Close a list or a choice of several; with nothing in it, it counts as skipped."""
    if visit.about.get("raws"):
        accept(turn, visit, _whole(visit))
    elif picked := visit.about.get("picked"):
        labels = dict(visit.shown)
        shown = ", ".join(labels[id_] for id_ in picked)
        accept(turn, visit, Heard(shown, list(picked), shown))
    else:
        skip(turn, visit, raw, ids)


def unsure(turn: Turn, visit: Visit, raw: str = "", ids: tuple[int, ...] = ()) -> None:
    """The "don't know" ladder: a smaller question, then three things to tap, then the question rests."""
    if visit.gap and visit.gap != "dont_know":
        fine(turn, visit)
        return
    if "unsure" in turn.step.without and visit.reply in ("yesno", "choice"):
        miss(turn, visit, Heard(raw, message_ids=ids))
        return
    rung = visit.rung + 1
    open_question = turn.step.reply in ("text", "list", "place")
    if rung == 1 and (turn.step.easier or open_question):
        _probe(turn, visit, "dont_know", rung, {**visit.about})
    elif rung <= 2 and (turn.step.offers or open_question):
        _probe(turn, visit, "dont_know", 2, {**visit.about})
    else:
        _park(turn, visit, raw, ids)


def _park(turn: Turn, visit: Visit, raw: str, ids: tuple[int, ...]) -> None:
    """The question rests; a dialogue that has its own way for "not sure" takes that."""
    if not any(way.when == "chose_unsure" for way in turn.step.next):
        turn.lead(phrase(turn, "parked_question"))
    unsure = Heard(raw, choice="unsure", message_ids=ids, signals=("dont_know",), skipped=True)
    accept(turn, visit, unsure)


def fine(turn: Turn, visit: Visit) -> None:
    """Keep the first answer as it is."""
    if not visit.gap:
        miss(turn, visit, Heard(""))
        return
    turn.close(visit, turn.library.label("fine"))
    if visit.gap == "dont_know":
        _settle(turn, visit, Heard("", signals=("dont_know",), skipped=True))
        return
    _settle(turn, visit, _first(visit.about))


def miss(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Something was said that does not answer: ask smaller once, then keep the words and go on."""
    if visit.misses == 0 or "skip" in turn.step.without:
        turn.close(visit)
        turn.lead(phrase(turn, _miss_phrase(visit)))
        about = {**visit.about, "words": heard.raw}
        ask(turn, visit.gap, rung=visit.rung, about=about, misses=visit.misses + 1)
        return
    turn.lead(phrase(turn, "kept_words"))
    turn.close(visit)
    words = "\n".join(part for part in (visit.about.get("words", ""), heard.raw) if part)
    if visit.gap and visit.gap != "dont_know":
        _settle(turn, visit, replace(_first(visit.about), raw=words))
        return
    _settle(turn, visit, replace(heard, raw=words, signals=(*heard.signals, "not_understood")))


def _miss_phrase(visit: Visit) -> str:
    return {"scale": "not_a_number", "date": "not_a_date"}.get(visit.reply, "not_understood")


def accept(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Take an answer that was understood."""
    if visit.gap and visit.gap != "dont_know":
        heard = GAPS[visit.gap].merge(turn, visit.about, heard)
    gap = "" if heard.skipped else _gap_of(turn, visit, heard)
    if gap:
        probed = [*visit.about.get("probed", ()), gap]
        _probe(turn, visit, gap, 0, {**_about(visit, heard), "probed": probed}, heard)
        return
    turn.close(visit, heard.shown)
    _settle(turn, visit, heard)


def _gap_of(turn: Turn, visit: Visit, heard: Heard) -> str:
    """The first gap the step listens for that this answer has and that was not asked about yet."""
    probed = visit.about.get("probed", ())
    exhausted = any(name not in STRUCTURAL for name in probed)
    for name in turn.step.listens:
        if name in probed or (exhausted and name not in STRUCTURAL):
            continue
        if GAPS[name].holds(turn, heard):
            return name
    return ""


def _about(visit: Visit, heard: Heard) -> dict[str, Any]:
    kept = {key: visit.about[key] for key in ("minutes",) if key in visit.about}
    return {
        **kept,
        "value": heard.value,
        "raw": heard.raw,
        "shown": heard.shown,
        "choice": heard.choice,
        "items": list(heard.items),
        "ids": [*visit.about.get("ids", ()), *heard.message_ids],
    }


def _first(about: Any) -> Heard:
    """The answer a probe was about."""
    return Heard(
        raw=about.get("raw", ""),
        value=about.get("value"),
        shown="",
        choice=about.get("choice", ""),
        message_ids=tuple(about.get("ids", ())),
    )


def _probe(
    turn: Turn, visit: Visit, gap: str, rung: int, about: dict[str, Any], heard: Heard | None = None
) -> None:
    """Put a small question in between; what was said so far is already kept."""
    if heard is not None and not heard.missed:
        turn.close(visit, heard.shown)
        _replace_answer(turn, visit, heard)
    else:
        turn.close(visit)
    ask(turn, gap, rung=rung, about=about)


def _replace_answer(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Keep the answer in place of the one that this step has given so far."""
    old = _so_far(turn, visit)
    if old is not None:
        turn.answers.remove(old)
        turn.do(Supersede(old.ask))
    _keep(turn, visit, heard)


def _so_far(turn: Turn, visit: Visit) -> Answer | None:
    if not visit.gap and not visit.about.get("raws"):
        return None
    newest = turn.answers[-1] if turn.answers else None
    here = (visit.frame.dialogue, visit.frame.step, visit.frame.scope)
    return newest if newest and (newest.dialogue, newest.step, newest.scope) == here else None


def _keep(turn: Turn, visit: Visit, heard: Heard) -> None:
    frame = visit.frame
    answer = Answer(
        ask=visit.ask,
        dialogue=frame.dialogue,
        step=frame.step,
        scope=frame.scope,
        field=turn.step.saves,
        value=heard.value,
        raw=heard.raw,
        message_ids=tuple(dict.fromkeys((*visit.about.get("ids", ()), *heard.message_ids))),
        skipped=heard.skipped,
    )
    turn.remember(answer, heard.signals)


def _settle(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Keep the answer, do what the step does with it, and go on."""
    turn.waiting = False
    _replace_answer(turn, visit, heard)
    turn.heard = heard
    turn.last_choice = heard.choice or (heard.value if turn.step.reply == "yesno" else "") or ""
    step = turn.step
    for name in step.actions:
        perform(name, turn)
    if step.echo and not heard.skipped and heard.value is not None:
        _echo(turn)
    go_on(turn)


def _echo(turn: Turn) -> None:
    key = f"{turn.frame.dialogue}.{turn.frame.step}/echo"
    turn.lead(filled(turn, choose(turn, key, turn.step.echo)))


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


def lay_over(turn: Turn, dialogue: str) -> None:
    """Put an aside over the open question, whose buttons rest until it comes back."""
    if turn.waiting and turn.visits:
        turn.close(turn.visits[-1])
    part = turn.library.dialogues[dialogue]
    turn.frames.append(Frame(part.name, part.version, part.first))
    enter(turn)


def uncover(turn: Turn) -> None:
    """The question below comes back, under a new number; a held answer is taken at once."""
    drop_asides(turn)
    if not turn.visits:
        enter(turn)
        return
    turn.waiting = False
    ask_again(turn)


def drop_asides(turn: Turn) -> None:
    """Forget what was laid over the question below, as if it had never been asked."""
    depth = len(turn.frames)
    while turn.visits and _is_aside(turn, turn.visits[-1]) and len(turn.visits[-1].frames) > depth:
        gone = turn.visits.pop()
        turn.answers = turn.answers[: gone.kept]


def _is_aside(turn: Turn, visit: Visit) -> bool:
    kinds = [turn.library.dialogues[frame.dialogue].kind for frame in visit.frames]
    return "aside" in kinds or len(visit.frames) > len(turn.frames)


def back(turn: Turn) -> None:
    """Return to the question before; its answer no longer counts. At the first one, say so."""
    current = turn.visits[-1]
    earlier = turn.visits[:-1]
    if not earlier:
        turn.close(current)
        turn.lead(phrase(turn, "first_step"))
        turn.waiting = False
        ask_again(turn)
        return
    before = earlier[-1]
    turn.close(current)
    undone = turn.answers[before.kept :]
    for answer in undone:
        turn.do(Supersede(answer.ask))
        if answer.field == "reminder":
            turn.do(DropReminder("action"))
    turn.answers = turn.answers[: before.kept]
    turn.visits = earlier[:-1]
    turn.frames = list(before.frames)
    turn.waiting = False
    about = dict(before.about) if before.gap else {}
    if undone and not undone[-1].skipped and undone[-1].raw and not before.gap:
        about["previous"] = _previous(undone[-1])
        turn.lead(phrase(turn, "previous", previous=cut(undone[-1].raw, 80)))
    ask(turn, before.gap, rung=before.rung, about=about)


def _previous(answer: Answer) -> dict[str, Any]:
    return {"value": answer.value, "raw": answer.raw, "ids": list(answer.message_ids)}


def keep_previous(turn: Turn, visit: Visit) -> None:
    """After Back: the answer stands as it was."""
    previous = visit.about["previous"]
    choice = previous["value"] if visit.reply in ("choice", "yesno") else ""
    heard = Heard(
        raw=previous["raw"],
        value=previous["value"],
        shown=cut(previous["raw"], 60),
        choice=choice if isinstance(choice, str) else "",
        message_ids=tuple(previous["ids"]),
    )
    turn.close(visit, heard.shown)
    _settle(turn, visit, heard)


def turn_page(turn: Turn, visit: Visit, choice: str) -> bool:
    """Taps that change only what the buttons show: another month, a ticked box."""
    if choice == "_none":
        return True
    if choice == "pick" and visit.reply == "date":
        month = f"{turn.local_now.date():%Y-%m}"
        refresh_keyboard(turn, replace(visit, about={**visit.about, "month": month}))
        return True
    if choice.startswith("m:") and visit.about.get("month") and _is_month(choice[2:]):
        refresh_keyboard(turn, replace(visit, about={**visit.about, "month": choice[2:]}))
        return True
    if visit.reply == "multi" and choice in dict(visit.shown):
        picked = [id_ for id_ in visit.about.get("picked", ()) if id_ != choice]
        if len(picked) == len(visit.about.get("picked", ())):
            picked.append(choice)
        refresh_keyboard(turn, replace(visit, about={**visit.about, "picked": picked}))
        return True
    return False


def _is_month(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return False
    return True
