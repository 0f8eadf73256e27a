"""Understanding an answer by the kind of reply the question asked for. A typed answer is as good as a tap."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from flows.events import Replied
from flows.markup import cut
from flows.moments import clock, moment_json, place_json, read_json, say_moment
from flows.named_lists import options_of, unlisted
from flows.reading.choices import may_be_an_idea, puts_off, read_choice, read_control, read_yes_no
from flows.reading.courtesies import declines
from flows.reading.dates import DateReading, read_date, read_time
from flows.reading.lists import read_items
from flows.reading.names import read_name
from flows.reading.normalise import is_empty, normalised
from flows.reading.nothing import says_nothing
from flows.reading.nudge_words import read_nudge_reply
from flows.reading.plans import begins_with_cue, read_if_then, read_response
from flows.reading.repeats import without_lead
from flows.reading.scales import read_scale
from flows.session import Visit
from flows.turn import Heard, Turn
from flows.values import Moment, replace

NONE = "none"  # the choice that says there is nothing
WORDS_OF_A_CUE, LETTERS_OF_A_CUE = 12, 4
DOING = ("action", "if_then", "obstacle", "smallest", "different", "plus_one")  # what one will do, or may
SHOWN = 60  # an answer shown in its closed question


def hear(turn: Turn, visit: Visit, event: Replied) -> Heard | str:
    """What the person typed: an answer, or the name of a control ("back", "skip" ...)."""
    reader = _READERS[visit.reply]
    if visit.reply in ("text", "list", "place"):
        return (
            _label_typed(turn, visit, event)
            or _control(turn, visit, event.text)
            or reader(turn, visit, event)
        )
    heard = reader(turn, visit, event)
    if heard.choice or not (heard.missed or _takes_own_words(turn, visit)):
        return heard
    return _control(turn, visit, event.text) or heard


def tapped(turn: Turn, visit: Visit, choice: str) -> Heard | None:
    """What a tap on a choice says; None when the question shows no such choice."""
    if visit.reply == "scale" and choice.isdecimal() and 1 <= int(choice) <= 10:
        return Heard(choice, int(choice), choice, choice)
    if choice.startswith("d:") and visit.reply == "date":
        return _tapped_day(turn, choice[2:], choice) if _is_ahead(turn, choice[2:]) else None
    label = dict(visit.shown).get(choice)
    if label is None:
        return None
    if visit.rung == 2 and visit.reply not in ("text", "choice"):
        return _offered(turn, visit, label)
    return chosen(turn, visit, choice, label)


def _offered(turn: Turn, visit: Visit, label: str) -> Heard:
    """An offer stands for its words: "Tomorrow morning", "About a 6"."""
    heard = _READERS[visit.reply](turn, visit, Replied(turn.at, label, 0))
    return replace(heard, shown=heard.shown or label, message_ids=())


def chosen(turn: Turn, visit: Visit, choice: str, label: str, raw: str = "") -> Heard:
    """The answer that taking this choice gives."""
    if visit.reply == "date":
        return _chosen_date(turn, choice, label)
    if visit.reply in ("place", "time") and not visit.gap:
        return Heard(raw or label, None, label, choice)
    value: Any = choice
    if visit.reply == "text":
        value = _in_words(turn, choice, label)
    elif turn.step.choices_from and not visit.gap:
        value = next((o.value for o in options_of(turn, turn.step.choices_from) if o.id == choice), label)
    return Heard(raw or label, value, label, choice)


def _in_words(turn: Turn, choice: str, label: str) -> Any:
    """A quick answer is kept as its words; "nothing" has none, and in a plan it is the response."""
    if choice == NONE:
        return None
    return {"cue": "", "response": label} if _saves_plan(turn) else label


def _control(turn: Turn, visit: Visit, text: str) -> str:
    control = read_control(text) or ""
    if control == "pause" and is_idea(turn, visit, text):
        return ""
    if visit.reply == "list" and says_nothing(text):
        return "done"
    if control == "done" and not visit.about.get("raws"):
        return "" if visit.reply not in ("list", "multi") else "done"
    if control in ("fine", "keep") and not (visit.gap or visit.about.get("previous")):
        return ""
    return control


def _label_typed(turn: Turn, visit: Visit, event: Replied) -> Heard | None:
    """A quick answer that was typed word for word, or "nothing" where that is one of them."""
    typed = event.text.strip().casefold()
    for id_, label in visit.shown:
        if typed == label.casefold() or (id_ == NONE and says_nothing(event.text)):
            heard = chosen(turn, visit, id_, label, raw=event.text)
            return replace(heard, shown=cut(label, SHOWN), message_ids=(event.message_id,))
    if visit.reply == "text" and not is_about_answer(visit) and says_nothing(event.text):
        return Heard(event.text, None, "", NONE, message_ids=(event.message_id,))
    return None


def is_idea(turn: Turn, visit: Visit, text: str) -> bool:
    """Whether words that could end the talk are an answer: on a list of what one could do, "quit" is one,
    and where a question asks what one will do, "do it later I guess".
    """
    if visit.reply == "text":
        return turn.step.saves in DOING and puts_off(text)
    return visit.reply == "list" and not visit.gap and may_be_an_idea(text)


def is_about_answer(visit: Visit) -> bool:
    """Whether the question is about an answer that was given (the "don't know" ladder is not)."""
    return visit.gap not in ("", "dont_know")


def _text(turn: Turn, visit: Visit, event: Replied) -> Heard:
    ids = (event.message_id,)
    if visit.shown and visit.gap in ("which_one", "many_acts") and (picked := _choice_id(visit, event.text)):
        return Heard(event.text, dict(visit.shown)[picked], "", picked, message_ids=ids)
    if turn.step.saves == "name":
        return Heard(event.text, read_name(event.text) or None, message_ids=ids)
    if _saves_plan(turn):
        given = bool(turn.value("obstacle")) and not begins_with_cue(event.text)
        cue, response = ("", read_response(event.text)) if given else read_if_then(event.text)
        return Heard(event.text, {"cue": cue, "response": response}, message_ids=ids)
    return Heard(event.text, without_lead(event.text), message_ids=ids)


def _saves_plan(turn: Turn) -> bool:
    field = turn.library.fields.get(turn.step.saves)
    return field is not None and field.kind == "plan"


def _list(turn: Turn, visit: Visit, event: Replied) -> Heard:
    return Heard(event.text, list(read_items(event.text)), message_ids=(event.message_id,))


def _scale(turn: Turn, visit: Visit, event: Replied) -> Heard:
    reading = read_scale(event.text)
    unread = reading.value is None and not reading.neighbours
    if unread and visit.gap and (picked := _choice_id(visit, event.text)):  # "the lower one"
        return Heard(event.text, None, "", picked, message_ids=(event.message_id,))
    items = reading.neighbours or ()
    shown = "" if reading.value is None else str(reading.value)
    return Heard(event.text, reading.value, shown, items=items, message_ids=(event.message_id,))


def _yes_no(turn: Turn, visit: Visit, event: Replied) -> Heard:
    answer = _choice_id(visit, event.text) or {True: "yes", False: "no", None: ""}[read_yes_no(event.text)]
    return _as_choice(turn, visit, event, answer)


def _choice(turn: Turn, visit: Visit, event: Replied) -> Heard:
    found = read_choice(event.text, dict(visit.shown))
    if not found and "not_yet" in dict(visit.shown) and not visit.gap:
        said = read_nudge_reply(event.text)
        found = said if said in dict(visit.shown) else None
    if isinstance(found, tuple) and len(found) > 1:
        labels = dict(visit.shown)
        items = tuple(labels[id_] for id_ in found if id_ in labels)
        return Heard(event.text, None, items=items, message_ids=(event.message_id,))
    if not found and visit.gap == "ambiguous_date":
        return _date(turn, visit, event)  # a day in other words than those on the buttons
    if not found and turn.step.saves == "reminder" and "at" in dict(visit.shown) and read_time(event.text):
        found = "at"  # the time itself is taken by the step
    answer = found[0] if isinstance(found, tuple) else found or _plain_id(visit, event.text)
    if not answer and (known := unlisted(turn, turn.step.choices_from, event.text)):
        return Heard(event.text, known, cut(event.text, SHOWN), message_ids=(event.message_id,))
    return _as_choice(turn, visit, event, answer)


_REMIND = re.compile(
    r"(?:yes|yeah|yep|ok|okay|sure|please|pls)?[ ,]*(?:please )?(?:yes|remind me|do that|please)\b"
)


def _plain_id(visit: Visit, text: str) -> str:
    """A plain yes, no or "leave it", where there are choices that mean it."""
    said = read_yes_no(text)
    if said and len(visit.shown) == 1:
        return visit.shown[0][0]
    if "at" in dict(visit.shown) and _REMIND.match(normalised(text)):
        return "at"  # "yes, remind me": the usual moment is the step's own
    if "not_now" in dict(visit.shown) and declines(text):
        return "not_now"
    answer = {True: "yes", False: "no", None: ""}[said] or read_control(text) or ""
    return answer if answer in ("yes", "no", "keep") and answer in dict(visit.shown) else ""


def _as_choice(turn: Turn, visit: Visit, event: Replied, choice: str) -> Heard:
    ids = (event.message_id,)
    if not choice:
        return Heard(event.text, event.text if _takes_own_words(turn, visit) else None, message_ids=ids)
    label = dict(visit.shown).get(choice, choice)
    heard = chosen(turn, visit, choice, label, raw=event.text)
    return Heard(event.text, heard.value, heard.shown, choice, message_ids=ids)


def _takes_own_words(turn: Turn, visit: Visit) -> bool:
    """Whether something of the person's own is as good an answer as one of the choices."""
    field = turn.library.fields.get(turn.step.saves)
    own = field is not None and field.kind == "text" and turn.step.choices_from == "options"
    return own or visit.gap in ("which_one", "many_acts")


def _choice_id(visit: Visit, text: str) -> str:
    found = read_choice(text, dict(visit.shown)) if visit.shown else None
    return found if isinstance(found, str) else ""


def _multi(turn: Turn, visit: Visit, event: Replied) -> Heard:
    found = read_choice(event.text, dict(visit.shown))
    ids = found if isinstance(found, tuple) else (found,) if found else ()
    value = list(ids) or [event.text]
    labels = dict(visit.shown)
    shown = ", ".join(labels.get(id_, id_) for id_ in value)
    return Heard(event.text, value, cut(shown, SHOWN), message_ids=(event.message_id,))


def _date(turn: Turn, visit: Visit, event: Replied) -> Heard:
    ids = (event.message_id,)
    if (picked := _choice_id(visit, event.text)) and visit.gap:
        heard = tapped(turn, visit, picked)
        if heard is not None:
            return Heard(event.text, heard.value, heard.shown, picked, message_ids=ids)
    reading = read_date(event.text, turn.local_now)
    if (moment := reading.moment or _only_one(visit, reading)) is None:
        signals = (reading.why,) if reading.why else ()
        items = tuple(read_json(reading, moment, event.text) for moment in reading.candidates)
        return Heard(event.text, None, items=items, signals=signals, message_ids=ids)
    value = read_json(reading, moment, event.text)
    return Heard(event.text, value, say_moment(turn, value), message_ids=ids)


def _only_one(visit: Visit, reading: DateReading) -> Moment | None:
    """The one day that a loose answer can mean: by itself, or of those that were offered.

    A time without a day is none: which day it belongs to is for the person to say.
    """
    if reading.why == "no_day":
        return None
    if reading.why == "fuzzy" and len(reading.candidates) == 1:
        return reading.candidates[0]
    items = [item["day"] for item in visit.about.get("items", ())] if visit.gap == "ambiguous_date" else []
    offered = {*items, *(id_[2:] for id_, _ in visit.shown if id_.startswith("d:"))}
    among = [moment for moment in reading.candidates if moment.day.isoformat() in offered]
    return among[0] if len(among) == 1 else None


def _time(turn: Turn, visit: Visit, event: Replied) -> Heard:
    ids = (event.message_id,)
    minutes = read_time(event.text)
    if minutes is None and (picked := _choice_id(visit, event.text)):
        return replace(chosen(turn, visit, picked, dict(visit.shown)[picked], event.text), message_ids=ids)
    if visit.gap == "which_moment":
        value = _moment_of_day(turn, visit.about["value"]["day"], event.text)
        return Heard(event.text, value, say_moment(turn, value), message_ids=ids)
    shown = "" if minutes is None else clock(minutes)
    return Heard(event.text, minutes, shown, message_ids=ids)


def _moment_of_day(turn: Turn, day: str, text: str) -> dict[str, Any] | None:
    """The moment on the day that is known: a time, a part of the day, or in what words it was told.

    A day named anew takes the place of the known one; None where nothing fits that lies ahead.
    """
    reading = read_date(text, turn.local_now)
    if reading.why != "no_day":
        named = {moment.day.isoformat(): moment for moment in reading.candidates}
        moment = reading.moment or named.get(day)
        if moment is not None:
            return read_json(reading, moment, text)
    minutes = read_time(text)
    there = read_date(f"{day} {text if minutes is None else clock(minutes)}", turn.local_now)
    if there.why == "past" and minutes is not None:
        there = read_date(f"{day} {text}", turn.local_now)  # "at 9", said at noon, is tonight
    if there.moment is None:
        return None
    value = read_json(there, there.moment, text)
    if value["minutes"] is not None or value["cue"]:
        return value
    if read_control(text) or read_yes_no(text) is not None or is_empty(text):
        return None
    return {**value, "cue": "" if reading.why == "fuzzy" else _cue_of(text)}


def _cue_of(text: str) -> str:
    """A few words that are no time where one was asked for are an occasion: "coffee", "school run"."""
    said, words = text.strip(" .!,"), text.split()
    if "?" in said or any(character.isdigit() for character in said) or says_nothing(text):
        return ""
    telling = len(words) > 1 or len(said) >= LETTERS_OF_A_CUE
    return said if telling and len(words) <= WORDS_OF_A_CUE else ""


def _place(turn: Turn, visit: Visit, event: Replied) -> Heard:
    found = [place_json(place) for place in event.places]
    return Heard(event.text, found, message_ids=(event.message_id,))


def _nothing(turn: Turn, visit: Visit, event: Replied) -> Heard:
    return Heard(event.text, None, message_ids=(event.message_id,))


_READERS: dict[str, Callable[[Turn, Visit, Replied], Heard]] = {
    "text": _text,
    "list": _list,
    "scale": _scale,
    "yesno": _yes_no,
    "choice": _choice,
    "multi": _multi,
    "date": _date,
    "time": _time,
    "place": _place,
    "location": _nothing,
}


def _chosen_date(turn: Turn, choice: str, label: str) -> Heard:
    today = turn.local_now.date()
    days = {"today": 0, "tomorrow": 1}
    if choice in days:
        return _tapped_day(turn, (today + dt.timedelta(days=days[choice])).isoformat(), choice, label)
    if choice.startswith("d:"):
        return _tapped_day(turn, choice[2:], choice)
    return Heard(label, None, label, choice, signals=(choice,))


def _is_ahead(turn: Turn, day: str) -> bool:
    """Whether this is a day, and not one that an old calendar still shows."""
    try:
        return dt.date.fromisoformat(day) >= turn.local_now.date()
    except ValueError:
        return False


def _tapped_day(turn: Turn, day: str, choice: str, label: str = "") -> Heard:
    value = moment_json(Moment(dt.date.fromisoformat(day)), label)
    shown = say_moment(turn, value)
    return Heard(label or shown, value, shown, choice)
