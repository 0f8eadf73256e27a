"""The controls under a question: Back, Skip, Not sure, That's all, Fine as it is, Keep."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows.answering import accept, first_of, miss, probe, settle
from flows.asides import covers, uncovered
from flows.asking import ask, ask_again, put_away, refresh_keyboard
from flows.effects import DropReminder, Supersede
from flows.gaps import SHRUG
from flows.hearing import is_about_answer, tapped
from flows.markup import cut
from flows.moving import uncover
from flows.phrasing import phrase
from flows.probing import declined
from flows.quoting import as_typed
from flows.session import Answer, Visit
from flows.turn import Heard, Turn
from flows.values import replace

QUOTE, SHOWN = 80, 60
REMINDER = ("reminder", "remind_at", "remind_in_quiet")  # a reminder goes with the answers it came from
LAST_RUNG, WEARY = 2, 2


def skip(turn: Turn, visit: Visit, raw: str = "", ids: tuple[int, ...] = ()) -> None:
    """Go on without an answer; a skipped probe leaves the first answer as it is."""
    if is_about_answer(visit):
        fine(turn, visit)
    elif visit.about.get("raws"):
        done(turn, visit)
    elif "skip" in turn.step.without:
        miss(turn, visit, Heard(raw, message_ids=ids))
    else:
        shown = "" if raw else turn.library.label("skipped")
        accept(turn, visit, Heard(raw, shown=shown, message_ids=ids, skipped=True))


def done(turn: Turn, visit: Visit, raw: str = "", ids: tuple[int, ...] = ()) -> None:
    """Close a list or a choice of several; with nothing in it, it counts as skipped."""
    if visit.about.get("raws"):
        accept(turn, visit, whole(visit))
    elif picked := visit.about.get("picked"):
        labels = dict(visit.shown)
        shown = ", ".join(labels[id_] for id_ in picked)
        accept(turn, visit, Heard(shown, list(picked), cut(shown, SHOWN)))
    else:
        skip(turn, visit, raw, ids)


def whole(visit: Visit) -> Heard:
    """The list that several messages made."""
    about = visit.about
    return Heard("\n".join(about["raws"]), list(about["items"]), message_ids=tuple(about["ids"]))


def unsure(turn: Turn, visit: Visit, raw: str = "", ids: tuple[int, ...] = ()) -> None:
    """The "don't know" ladder: a smaller question, then three things to tap, then the question rests."""
    if is_about_answer(visit):
        fine(turn, visit)
        return
    if "unsure" in turn.step.without:
        skip(turn, visit, raw, ids)  # where there is no ladder, not knowing leaves things as they are
        return
    rung = visit.rung + 1
    open_question = turn.step.reply in ("text", "list", "place")
    if rung == 1 and _is_weary(turn):
        _park(turn, visit, raw, ids)
    elif rung == 1 and (turn.step.easier or open_question):
        probe(turn, visit, "dont_know", rung=rung, about={**visit.about})
    elif rung <= LAST_RUNG and (turn.step.offers or open_question):
        probe(turn, visit, "dont_know", rung=LAST_RUNG, about={**visit.about})
    else:
        _park(turn, visit, raw, ids)


def _is_weary(turn: Turn) -> bool:
    """Whether two ladders led nowhere in this session: a third would only be more of the same."""
    offered = {visit.ask for visit in turn.visits if visit.gap == "dont_know" and visit.rung == LAST_RUNG}
    return sum(answer.skipped and answer.ask in offered for answer in turn.answers) >= WEARY


def _park(turn: Turn, visit: Visit, raw: str, ids: tuple[int, ...]) -> None:
    """The question rests; a dialogue that has its own way for "not sure" takes that."""
    if visit.about.get("raws"):
        done(turn, visit)
        return
    if not any(way.when == "chose_unsure" for way in turn.step.next):
        turn.lead(phrase(turn, "parked_question"))
    signals = ("dont_know",)
    accept(turn, visit, Heard(raw, choice="unsure", message_ids=ids, signals=signals, skipped=True))


def fine(turn: Turn, visit: Visit) -> None:
    """Keep the first answer as it is."""
    if not visit.gap:
        miss(turn, visit, Heard(""))
        return
    if visit.gap == "ambiguous_date":  # as it is, it would have no day
        miss(turn, visit, Heard(""))
        return
    declined(turn, visit)
    turn.close(visit, turn.library.label("fine"))
    if visit.gap in ("dont_know", SHRUG):
        settle(turn, visit, Heard("", signals=("dont_know",), skipped=True))
        return
    settle(turn, visit, first_of(visit))


def back(turn: Turn) -> None:
    """Return to the question before; its answer no longer counts. At the first one, say so."""
    current, earlier = turn.visits[-1], turn.visits[:-1]
    turn.close(current)
    put_away(turn, current)
    turn.waiting = False
    if not earlier:
        turn.lead(phrase(turn, "first_step"))
        ask_again(turn)
        return
    if covers(turn, current) and not covers(turn, earlier[-1]):
        turn.frames = uncovered(turn)
        uncover(turn)
        return
    before = earlier[-1]
    undone = turn.answers[before.kept :]
    for answer in undone:
        turn.do(Supersede(answer.ask))
        if answer.field in REMINDER:
            turn.do(DropReminder("action"))
    turn.answers, turn.visits = turn.answers[: before.kept], earlier[:-1]
    turn.frames = list(before.frames)
    _put_before(turn, before, undone)


def _put_before(turn: Turn, before: Visit, undone: list[Answer]) -> None:
    about = dict(before.about) if before.gap else {}
    given = next((a for a in undone if a.step == before.frame.step and not a.skipped and a.raw.strip()), None)
    if given is not None and not (before.gap or turn.step.in_place):
        about["previous"] = _previous(given)
        turn.lead(phrase(turn, "previous", previous=as_typed(given.raw, QUOTE)))
    ask(turn, before.gap, rung=before.rung, about=about)


def _previous(answer: Answer) -> dict[str, Any]:
    return {"value": answer.value, "raw": answer.raw, "ids": list(answer.message_ids)}


def keep_previous(turn: Turn, visit: Visit) -> None:
    """After Back: the answer stands as it was."""
    previous = visit.about["previous"]
    raw, ids = previous["raw"], tuple(previous["ids"])
    label = next((id_ for id_, label in visit.shown if label == raw), "")
    heard = tapped(turn, visit, label) if label and visit.reply in ("text", "place", "time") else None
    if heard is None:
        choice = previous["value"] if visit.reply in ("choice", "yesno") else ""
        heard = Heard(raw, previous["value"], choice=choice if isinstance(choice, str) else "")
    heard = replace(heard, shown=cut(raw, SHOWN), message_ids=ids)
    turn.close(visit, heard.shown)
    settle(turn, visit, heard)


def turn_page(turn: Turn, visit: Visit, choice: str) -> bool:
    """Taps that change only what the buttons show: another month, a ticked box."""
    if choice == "_none":
        return True
    if choice == "pick" and visit.reply == "date" and choice in dict(visit.shown):
        _show(turn, visit, "month", f"{turn.local_now.date():%Y-%m}")
        return True
    if choice.startswith("m:") and visit.about.get("month") and _is_month(choice[2:]):
        _show(turn, visit, "month", choice[2:])
        return True
    if visit.reply == "multi" and choice in dict(visit.shown):
        before = list(visit.about.get("picked", ()))
        picked = [id_ for id_ in before if id_ != choice]
        _show(turn, visit, "picked", picked if len(picked) < len(before) else [*picked, choice])
        return True
    return False


def _show(turn: Turn, visit: Visit, what: str, value: Any) -> None:
    refresh_keyboard(turn, replace(visit, about={**visit.about, what: value}))


def _is_month(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return False
    return True
