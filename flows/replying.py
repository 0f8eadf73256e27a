"""What a person types or taps besides a choice: an answer, a piece of a list, or the name of a control."""

from __future__ import annotations

from collections.abc import Iterable, Set

from flows.answering import accept, gap_of, keep, miss, probe, stay_with
from flows.asking import ask_again, listed_before, offer_again, pass_by, show_items
from flows.controls import back, done, fine, keep_previous, skip, unsure, whole
from flows.events import Replied
from flows.gaps import SHRUG
from flows.hearing import chosen, hear
from flows.moving import lay_over, leave
from flows.phrasing import phrase
from flows.probing import acknowledge, does_not_know, shrugs, tells_instead
from flows.reading.choices import read_control, read_yes_no
from flows.reading.courtesies import read_return
from flows.reading.list_edits import is_same, taken_apart, taken_out
from flows.reading.lists import read_items
from flows.reading.normalise import is_empty
from flows.reading.nothing import is_thinking
from flows.reading.remarks import means_last_time
from flows.returning import RETURNS
from flows.session import Visit
from flows.shortening import shorten
from flows.turn import Heard, Turn
from flows.values import replace

FULL_LIST = 8
HELLO, GREETED = "hello", "greeted"


def reply(turn: Turn, visit: Visit, event: Replied) -> None:
    """Take a typed answer to the open question."""
    if is_thinking(event.text):
        turn.lead(phrase(turn, "take_time"))
        if visit.ask == turn.number:
            turn.say()  # the question stays where it is
        else:
            ask_again(turn)
        return
    if _is_polite_only(turn, visit, event) or _points_back(turn, visit, event.text):
        ask_again(turn)
        return
    heard = hear(turn, visit, event)
    if isinstance(heard, str):
        control(turn, visit, heard, event)
    elif not heard.choice and shrugs(turn, visit, event.text):
        _shrugged(turn, visit, heard, event)
    elif not heard.choice and does_not_know(turn, visit, event.text):
        control(turn, visit, "unsure", event)
    elif turn.step.many and not visit.gap:
        collect(turn, visit, heard)
    elif turn.step.reply == "list" and not visit.gap and _takes_out(turn, event.text):
        ask_again(turn)
    elif not heard.missed or gap_of(turn, visit, heard):
        accept(turn, visit, heard)
    elif turn.step.words in dict(visit.shown) and not visit.gap:
        _own_words(turn, visit, heard, event)
    elif tells_instead(turn, visit, event.text):
        stay_with(turn, visit, heard)
    else:
        miss(turn, visit, heard)


def _is_polite_only(turn: Turn, visit: Visit, event: Replied) -> bool:
    """An apology, a greeting, "where were we": met with a line, and no answer to any question."""
    came = read_return(event.text)
    if came and visit.reply not in ("text", "list"):
        came = came if came == HELLO and _answers_nothing(turn, visit, event) else ""
    if came and turn.step.saves == "name":
        came = GREETED if came == HELLO else ""
    if came:
        turn.lead(phrase(turn, RETURNS.get(came, came)))
    return bool(came)


def _answers_nothing(turn: Turn, visit: Visit, event: Replied) -> bool:
    """Whether a greeting is only that: "morning" is an answer where a day or a part of it is asked for."""
    if visit.gap or visit.reply in ("date", "time"):
        return False
    heard = hear(turn, visit, event)
    return not isinstance(heard, str) and heard.missed


def _points_back(turn: Turn, visit: Visit, text: str) -> bool:
    """ "Same as last time": offered where it is known, and said where nothing of it was kept."""
    if visit.reply != "text" or not means_last_time(text):
        return False
    known = turn.fact(f"last_{turn.step.saves}")
    if known:
        offer_again(turn, known)
    else:
        turn.lead(phrase(turn, "same_unknown" if turn.agreed("remember") else "same_unkept"))
    return True


def _shrugged(turn: Turn, visit: Visit, heard: Heard, event: Replied) -> None:
    """A shrug is met once, with a way to leave the question empty; on a list it is the end, or no idea."""
    if visit.gap == SHRUG:
        turn.lead(phrase(turn, "parked_question"))
        accept(turn, visit, heard)
    elif visit.about.get("items"):
        done(turn, visit)
    elif visit.gap == "dont_know" or visit.reply == "list":
        control(turn, visit, "unsure", event)
    else:
        probe(turn, visit, SHRUG, about={**visit.about, "word": event.text.strip(" .!?…")})


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
            _take_previous(turn, visit)
        case "fine" | "keep":
            fine(turn, visit)
        case "pause":
            lay_over(turn, "pause")
        case "short":
            shorten(turn)


def _take_previous(turn: Turn, visit: Visit) -> None:
    """Keep: an answer that was given stands; words that nobody has read yet are read now."""
    previous = visit.about["previous"]
    if not previous.get("unread"):
        keep_previous(turn, visit)
        return
    about = {key: value for key, value in visit.about.items() if key != "previous"}
    about["ids"] = [*about.get("ids", ()), *previous["ids"]]
    visit = replace(visit, about=about)
    turn.visits[-1] = visit
    number = previous["ids"][-1] if previous["ids"] else 0
    heard = hear(turn, visit, Replied(turn.at, previous["raw"], number))
    if isinstance(heard, str) or not (heard.missed or turn.step.many):
        reply(turn, visit, Replied(turn.at, previous["raw"], number))
    elif turn.step.many and not visit.gap:
        collect(turn, visit, heard)
    else:
        miss(turn, visit, heard)


def collect(turn: Turn, visit: Visit, heard: Heard) -> None:
    """Add to the list that several messages make, or take items out again; a long one closes itself."""
    items = list(visit.about.get("items", ()))
    listed = [*listed_before(turn, items), *items]
    if gone := {listed[place] for place in taken_out(heard.raw, listed)}:
        items = [item for item in items if item not in gone]
        _take_from_earlier(turn, gone)
    elif items and (parts := taken_apart(heard.raw, items[-1])):
        items = [*items[:-1], *parts]
    else:
        items = _with_new(items, read_items(heard.raw))
    if gone and not items and listed_before(turn, ()):
        turn.visits[-1] = replace(visit, about={})
        ask_again(turn)
        return
    if not items:
        miss(turn, visit, heard)
        return
    about = {key: value for key, value in visit.about.items() if key != "previous"}
    raws = [*about.get("raws", ()), heard.raw]
    ids = [*about.get("ids", ()), *heard.message_ids]
    first = not about.get("raws")
    acknowledge(turn, visit, heard)
    visit = replace(visit, about={**about, "items": items, "raws": raws, "ids": ids})
    if len(items) >= FULL_LIST:
        turn.visits[-1] = visit
        turn.lead(phrase(turn, "list_full"))
        accept(turn, visit, whole(visit))
        return
    if first:
        turn.close(visit)
        turn.number += 1
        visit = replace(visit, ask=turn.number)
    turn.visits[-1] = visit
    keep(turn, visit, whole(visit))
    show_items(turn, visit, anew=first)


def _takes_out(turn: Turn, text: str) -> bool:
    """Whether something was taken out of what earlier stretches of the list brought."""
    listed = listed_before(turn, ())
    gone = {listed[place] for place in taken_out(text, listed)}
    _take_from_earlier(turn, gone)
    return bool(gone)


def _take_from_earlier(turn: Turn, gone: Set[str]) -> None:
    """Take items out of the stretches of the list that are closed."""
    for place, answer in enumerate(turn.answers):
        if answer.field == turn.step.saves and isinstance(answer.value, list) and gone & set(answer.value):
            turn.amend(place, replace(answer, value=[item for item in answer.value if item not in gone]))


def _with_new(items: list[str], more: Iterable[str]) -> list[str]:
    """The list with those that do not stand on it yet."""
    for item in more:
        if not any(is_same(item, known) for known in items):
            items = [*items, item]
    return items


def _own_words(turn: Turn, visit: Visit, heard: Heard, event: Replied) -> None:
    """Words where a button was expected: they take the way the step names, and answer its question."""
    ids = [id_ for id_, _ in visit.shown]
    agreed = read_yes_no(event.text)
    asks = event.text.rstrip(" .!)").endswith("?")
    unplaced = asks or is_empty(event.text) or read_control(event.text) is not None
    if heard.items or (unplaced and agreed is None) or (agreed and turn.step.shuffle):
        miss(turn, visit, heard)
        return
    choice = ids[0] if agreed else turn.step.words
    taken = chosen(turn, visit, choice, dict(visit.shown)[choice], raw=event.text)
    if agreed is not None:
        accept(turn, visit, replace(taken, message_ids=(event.message_id,)))
        return
    turn.close(visit)
    turn.waiting = False
    keep(turn, visit, taken)
    turn.heard, turn.last_choice = taken, choice
    leave(turn)
    reply(turn, pass_by(turn), event)
