"""Asking back: what listening hears in an answer, as a small question, within the budget of the sitting.

Which signal a probe answers to is its gap's name. Knows no words; ``flows.listening`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.listening import Budget, Listening, budget_of, listen
from flows.listening.budget import COLOUR
from flows.listening.contexts import context_of
from flows.listening.felt import JOY, Felt, felt, loose
from flows.phrasing import phrase
from flows.reading.normalise import normalised, without_marks
from flows.reading.nothing import is_shrug
from flows.reading.owners import is_others_doing
from flows.reading.pieces import short_piece
from flows.reading.quotes import is_quotable
from flows.session import Visit
from flows.turn import Heard, Turn
from flows.values import Person, replace

PROBES = (
    *("vague", "no_number", "other_focus", "absolute", "should", "hedge", "negative", "short"),
    *("sustain", "self_critic", "lag_metric", "loose", "lone"),
)
STRUCTURE_ONLY = tuple(COLOUR - {"vague", "other_focus"})  # what someone who wants it gentle is not asked
IN_EXPRESS, IN_CHECKIN = 2, 1
AIMS = ("grow.goal", "grow.success", "grow.action", "grow.ifthen")
EXPLORING, FELT_MOST = "grow.reality", 8  # words of a message that says how it feels and no more
OBSTACLE = "grow.obstacle"
SOFT = frozenset(
    ("a", "an", "the", "maybe", "probably", "perhaps", "i", "guess", "just", "um", "some", "think")
)
FEW_OFFERED = 4  # words
TEARS = frozenset("😭😢💔😞😔🥺😩😫😰")
TOLD = ("talk.open", "grow.reality", "review.incomplete")
TOPICAL = ("topic", "still_open")
PIECES = ("smaller", "smallest", "piece")  # steps that ask for less of a step: a thing is enough there
MET = "common.met_"  # where what was said back counts as said
MET_BY = {
    "raw": "met_raw",
    "hurt": "met_raw",
    "lost": "met_lost",
    "worn": "met_worn",
    "strain": "met_worn",
    "fear": "met_fear",
    "shunned": "met_fear",
    "unsaid": "met_unsaid",
    "joy": "met_joy",
    "feeling": "met_feeling",
}
CLOSED = ("scale", "choice", "yesno", "date", "time")
STORY = 20  # words that are more than a clumsy answer
APART, FAR_APART = 2, 4  # questions between two of them
NOT_MET = ("name", "country", "wishes", "own_scale", "support")
HYPOTHETICAL = ("grow.goal", "grow.success", "grow.action", "grow.ifthen", "scale.plus_one")
TELLING = 4  # characters of a word that tells something
FEW, SHORT = 2, 25  # words and characters of an answer that declines
REFUSED = "refused"
"""The fact of a person that holds how often they declined what: ``vague:2 short:1``."""
SAME = ("as i said", "see above", "same", "like i said", "already said")


def probe_for(turn: Turn, visit: Visit, heard: Heard) -> tuple[str, str]:
    """The probe that this answer calls for, and the word it quotes; "" if none does or may be asked."""
    if visit.gap or visit.about.get("probed") or not _is_words(turn, heard):
        return "", ""
    heard_of = listen(heard.raw, turn.step.hears, budget(turn))
    if heard_of.probe is None and (loosely := _loose(turn, heard)) != ("", ""):
        return loosely
    if _took_an_offer(turn, heard):
        return "", ""
    phase = context_of(turn.step.hears).phase
    theirs = turn.step.hears in AIMS and is_others_doing(heard.raw)
    if theirs and budget(turn).allows("other_focus", phase):
        turn.budget = budget(turn).spent("other_focus", phase).plain()
        return "other_focus", short_piece(heard.raw)
    if heard_of.about == "vague" and not heard_of.trigger and turn.step.name in PIECES:
        return "", ""
    if heard_of.about not in PROBES or heard_of.probe is None or _is_inner_obstacle(turn, heard_of):
        return "", ""
    turn.budget = budget(turn).spent(heard_of.about, phase).plain()
    return heard_of.about, _telling(heard_of, heard.raw)


def _loose(turn: Turn, heard: Heard) -> tuple[str, str]:
    """A lone noun as a topic, or words that cover a lot in what is told; asked about within the budget."""
    topical = turn.step.saves in TOPICAL
    name, word = "loose", loose(heard.raw) if turn.step.hears in TOLD else ""
    if topical and len(said := heard.raw.strip(" .!?…").split()) == 1 and is_quotable(said[0]):
        name, word = "lone", said[0]
    phase = turn.step.phase or context_of(turn.step.hears).phase
    if not word or not budget(turn).allows(name, phase):
        return "", ""
    turn.budget = budget(turn).spent(name, phase).plain()
    return name, word


def _took_an_offer(turn: Turn, heard: Heard) -> bool:
    """Whether a few words say what the question offers, however it is put: "a list", "a decision, maybe"."""
    said = set(without_marks(normalised(heard.raw)).split()) - SOFT
    if not said or len(said) > FEW_OFFERED:
        return False
    ways = (wording.source for wording in (*turn.step.ask, *turn.step.again))
    return said <= set(without_marks(normalised(" ".join(ways))).split())


def _is_inner_obstacle(turn: Turn, heard_of: Listening) -> bool:
    """What may stop a person from inside is just what was asked for; the plan that follows answers it."""
    return heard_of.about in ("self_critic", "short") and turn.step.hears == OBSTACLE


def _telling(heard_of: Listening, said: str) -> str:
    """The few words to quote; the clause around them where they say nothing by themselves."""
    words = [word for word in heard_of.trigger.split() if len(word) >= TELLING and word.islower()]
    if words and is_quotable(heard_of.trigger):
        return heard_of.trigger
    if not heard_of.quote:  # too sensitive to be said back
        return ""
    whole = heard_of.quote.rstrip(" .!?") == said.rstrip(" .!?")
    quote = heard_of.quote if whole else short_piece(said)
    return quote if is_quotable(quote) else ""


def acknowledge(turn: Turn, visit: Visit, heard: Heard) -> bool:
    """Say back what weighs or gladdens in the person's own words, without a question; not every time."""
    if not _may_be_met(turn, visit, heard):
        return False
    met = felt(heard.raw)
    if met is None or (met.kind == JOY and turn.step.hears in HYPOTHETICAL) or not _is_time_to(turn, met):
        return False
    turn.lead(phrase(turn, MET_BY[met.kind], word=met.words))
    return True


def _may_be_met(turn: Turn, visit: Visit, heard: Heard) -> bool:
    """Whether words were typed to an open question, and not to one that asks for a name or a limit."""
    open_question = visit.reply in ("text", "list") and (not visit.gap or visit.reply == turn.step.reply)
    typed = heard.raw and not (heard.choice or heard.skipped)
    return bool(typed and open_question and turn.step.saves not in NOT_MET)


def _is_time_to(turn: Turn, met: Felt) -> bool:
    """Never two in a row, about one question in four; what weighs much comes sooner."""
    keys = [key for key, _ in turn.used]
    asked = [place for place, key in enumerate(keys) if not key.startswith("common.")]
    said = [place for place, key in enumerate(keys) if key.startswith(MET)]
    if not said:
        return True
    since = sum(place > said[-1] for place in asked)
    return since >= (APART if met.is_strong else FAR_APART) and len(said) <= 1 + len(asked) // FAR_APART


def is_only_feeling(turn: Turn, visit: Visit, heard: Heard) -> bool:
    """Whether a question for something to aim at or to do was answered by how it feels, and no more.

    Such words are no measure and no step: they are acknowledged, and the question comes once more.
    """
    if visit.gap or visit.about.get("felt") or not _is_words(turn, heard):
        return False
    if TEARS & set(heard.raw) and not any(character.isalnum() for character in normalised(heard.raw)):
        return True
    if turn.step.hears not in AIMS or len(heard.raw.split()) > FELT_MOST:
        return False
    return listen(heard.raw, EXPLORING).ack is not None


def meet(turn: Turn, heard: Heard) -> None:
    """Say back what was told instead of an answer, however lately something was."""
    met = felt(heard.raw)
    if met is not None:
        turn.lead(phrase(turn, MET_BY[met.kind], word=met.words))
    elif len(heard.raw.split()) >= STORY:
        turn.lead(phrase(turn, "met_story"))


def tells_instead(turn: Turn, visit: Visit, text: str) -> bool:
    """Whether a question for a number, a day or a choice was met with something that weighs, or a story."""
    closed = visit.reply in CLOSED and turn.dialogue.kind != "aside"
    return closed and (len(text.split()) >= STORY or felt(text) is not None)


def does_not_know(turn: Turn, visit: Visit, text: str) -> bool:
    """Whether a whole message says that the person does not know."""
    if not turn.step.hears or visit.gap not in ("", "dont_know"):
        return False
    found: Listening = listen(text, turn.step.hears)
    return found.about == "dont_know"


def shrugs(turn: Turn, visit: Visit, text: str) -> bool:
    """Whether a whole message leaves an open question empty ("whatever", "life")."""
    is_open = visit.reply in ("text", "list") and turn.step.reply == visit.reply
    return is_open and turn.step.saves not in NOT_MET and is_shrug(text)


def _is_words(turn: Turn, heard: Heard) -> bool:
    return bool(turn.step.hears and heard.raw and not heard.choice and not heard.skipped)


def budget(turn: Turn) -> Budget:
    """What may still be asked in this sitting."""
    spent = budget_of(turn.budget) if turn.budget else Budget(refused=refused_by(turn.person))
    most = IN_CHECKIN if turn.origin == "checkin" else spent.most
    if turn.value("mode") == "express":
        most = min(most, IN_EXPRESS)
    rhythm = turn.person.rhythm
    gentle = (rhythm.review is not None or rhythm.checkin is not None) and not rhythm.direct
    tired = tuple(signal for signal, count in spent.refused if count >= ENOUGH)
    brief = ("short",) if turn.origin == "checkin" else ()  # ninety seconds: few words are enough
    muted = (*spent.muted, *tired, *brief, *(STRUCTURE_ONLY if gentle else ()))
    return replace(spent, most=most, muted=tuple(dict.fromkeys(muted)), on_probe=False)


ENOUGH = 3  # refusals of a signal, over all sittings, after which it is not asked about


def refused_by(person: Person) -> tuple[tuple[str, int], ...]:
    """What the person declined in earlier sittings, and how often."""
    pairs = (pair.partition(":") for pair in person.facts.get(REFUSED, "").split())
    return tuple((signal, int(count)) for signal, _, count in pairs if count.isdecimal())


def refusals(turn: Turn) -> tuple[tuple[str, str], ...]:
    """The same as a fact, to be kept when the session ends."""
    if not turn.budget:
        return ()
    told = " ".join(f"{signal}:{count}" for signal, count in budget_of(turn.budget).refused)
    return ((REFUSED, told),) if told else ()


def declined(turn: Turn, visit: Visit) -> None:
    """A probe was turned down: such ones come less."""
    if visit.gap in PROBES and turn.budget:
        turn.budget = budget_of(turn.budget).turned_down(visit.gap).plain()


def clarified(turn: Turn, about: Mapping[str, Any], heard: Heard) -> Heard:
    """The answer with what the probe brought: in its place where it is the better version, else beside it."""
    gap = turn.visits[-1].gap if turn.visits else ""
    first, said = about.get("value"), heard.raw.strip()
    low = said.casefold()
    if heard.skipped or (len(said.split()) <= FEW and len(said) < SHORT) or any(s in low for s in SAME):
        declined(turn, turn.visits[-1])
    elif turn.budget:
        turn.budget = budget_of(turn.budget).answered().plain()
    raw = "\n".join(part for part in (about.get("raw", ""), said) if part)
    if heard.skipped or not said or any(words in low for words in SAME):
        return replace(heard, value=first, raw=about.get("raw", ""), skipped=False)
    if not isinstance(first, str) or not isinstance(heard.value, str):
        return replace(heard, raw=raw)
    return replace(heard, value=_joined(gap, first, said), raw=raw)


INSTEAD = ("hedge", "other_focus", "should", "negative", "lag_metric", "vague", "no_number")
WHOLE = 4  # words that stand by themselves


def _joined(gap: str, first: str, said: str) -> str:
    if gap == "lone":
        return f"{first}: {said}"
    if gap in INSTEAD and len(said.split()) >= WHOLE:
        return said
    return f"{first}: {said}" if gap in INSTEAD else f"{first}\n{said}"
