"""Whether a few words begin with an act: a short list of verbs people plan with, and -ing forms."""

from __future__ import annotations

import re

from flows.reading.wordlists import words

VERBS = frozenset(
    words(
        """
        accept add agree aim analyse analyze announce answer apply approach arrange ask attend automate
        avoid be become begin block book brainstorm break bring brush build buy call cancel celebrate
        change check choose clean clear close coach collect come commit compare complete compose connect
        contact continue cook cook create cut decide decline define delegate delete deliver design
        develop discuss do document draft draw drink drop earn eat email end enrol enroll exercise
        explain explore fill find finish fix focus follow format gather get give go grow have help hire
        identify improve increase interview introduce invite join keep launch learn leave let limit list
        listen look mail make manage map meditate meet mentor message move name negotiate note observe
        offer open order organise organize outline own pack paint pay phone ping pick pitch plan play
        polish post practice practise prepare present prioritise prioritize propose publish push put
        quit raise reach read record reduce refactor reflect refuse register rehearse relax remind
        remove reply report request research reserve resign rest review rewrite run save say schedule
        search see send set share ship show shut sign simplify sit sketch skip sleep slow solve sort
        speak spend start stay stop structure study submit subscribe summarise summarize switch take
        talk teach tell test text think tidy track train translate travel try turn update upload use
        visit volunteer wait wake walk watch work write
        """
    )
)
_NOT_ACTS = frozenset(
    words(
        "thing something anything nothing everything morning evening king ring spring string "
        "during being wing ceiling"
    )
)
_BEFORE_VERB = re.compile(
    r"^(?:(?:i|we|i'?ll|we'?ll|i'?m|to|will|would|could|should|can|must|need|want|have|plan|going|"
    r"gonna|then|also|maybe|"
    r"just|finally|first|next|please|always|never|not|don'?t|i'?d|like|either|regularly|actually)\s+)+(?=\S)"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def begins_with_verb(text: str) -> bool:
    """Whether the text begins with an act, after "I will", "then", "to" and their like."""
    plain = " ".join(text[:80].lower().replace("’", "'").split()).lstrip("-*•\"'( ")
    return _is_verb(plain) or _is_verb(_BEFORE_VERB.sub("", plain))


def _is_verb(plain: str) -> bool:
    first = _FIRST_WORD.match(plain)
    if first is None:
        return False
    word = first.group()
    if word in VERBS or word.removeprefix("re-").removeprefix("re") in VERBS:
        return True
    return word.endswith("ing") and len(word) > 5 and word not in _NOT_ACTS


_INTENTION = re.compile(r"^(?:then )?(?:i(?:'ll| will| am going to|'m going to)|to) ", re.IGNORECASE)


def without_intention(text: str) -> str:
    """The act in "I will call Ann": what follows the "I will"."""
    return _INTENTION.sub("", text.replace("’", "'"))
