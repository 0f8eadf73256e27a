"""Words after which nothing is coached: what needs a doctor, and harm done at work.

Despair and threats are heard by flows/listening. Words only, in the normalised spelling. A floor and no
proof: what is said in other words is not met, which is why /help_now is always in the menu and nothing
here says that anybody is watched over.
"""

from __future__ import annotations

import re
from typing import Final

from flows.reading.normalise import normalised, without_marks

# What only sounds like it; taken out before anything is looked for.
_HARMLESS: Final = re.compile(
    r"\b(?:(?:career|political|social|professional|financial|commercial|business|brand|reputational) suicide"
    r"|suicide (?:prevention|hotline|helpline|awareness|squad|mission)|dying to|to die for|die hard"
    r"|(?:trauma|intensive care) (?:ward|unit|surgeon|surgery|nurse|team|centre|center)"
    r"|harassment of my (?:calendar|inbox)|panic attack of the)\b"
)
_TREATED: Final = re.compile(
    r"\bmy (?:therapist|doctor|gp|psychiatrist|psychologist)\b|\bdiagnosed\b|\bsigned off\b|\bused to\b"
    r"|\bin therapy\b|\bunder control\b"
)
_THERAPY: Final = re.compile(
    r"\bpanic attacks?\b|\bflashbacks?\b|\btrauma(?:tic|tised|tized|s)?\b|\bptsd\b|\beating disorder\b"
    r"|\b(?:bulimi|anorexi)\w+|\bpurging\b"
    r"|\b(?:can't|cannot|haven't|hardly|barely|not)(?: \w+){0,3} (?:sleep|slept|eat|eaten)\b.{0,24}"
    r"\b(?:weeks|months)\b"
    r"|\bdrink(?:ing)?(?: \w+){0,3} to (?:cope|sleep|forget|get through)\b"
    r"|\b(?:been )?drinking (?:alcohol |wine |a bottle )?(?:every|each) (?:night|evening|day)\b"
    r"|\bcry(?:ing)?\b.{0,30}\b(?:most|every) (?:days?|nights?|mornings?)\b"
)
_RESOLVED: Final = re.compile(r"\b(?:resolved|sorted out|settled|dealt with|long ago)\b")
_HARM: Final = re.compile(
    r"\b(?:he|she|they|boss|manager|lead|colleague|client|director|ceo|coworker)(?: \w+){0,8}"
    r" (?:touch(?:ed|es|ing)|grop(?:ed|es|ing)) me\b"
    r"|\b(?:comments?|remarks?|jokes?) (?:about|on) my (?:body|breasts?|chest|legs|looks|weight"
    r"|skin|accent)\b"
    r"|\bsexual(?:ly)? harass\w*|\bharass(?:ed|es|ing) me\b|\b(?:being|was|am) harassed\b"
    r"|\b(?:no|denied|refused|lost)(?: \w+){0,6} because (?:of )?(?:i'm|i am|i was|my)"
    r" (?:pregnan\w+|black|gay|lesbian|trans|disabled|disability|muslim|jewish|a woman|too old|age|race)\b"
    r"|\bblackmail(?:ed|s|ing)? me\b|\bretaliat(?:ed|es|ing|ion) (?:against|for|after)\b"
    r"|\b(?:threaten(?:ed|s|ing)|intimidat(?:ed|es|ing)|bull(?:ied|ies|ying)|spit at|hit) me at work\b"
    r"|\b(?:threatens|is threatening|intimidates|bullies|is bullying) me\b|\bbeing bullied\b"
    r"|\b(?:told|asked|forced|pressured|ordered|wants|made) me to (?:break the law|lie to|forge"
    r"|falsify|backdate"
    r"|fake|cover up|destroy evidence|bribe)\b"
)


def needs_a_doctor(text: str) -> bool:
    """More than questions about work can carry, and not in somebody's care already."""
    return _found(_THERAPY, text) and not _found(_TREATED, text)


def tells_of_harm(text: str) -> bool:
    """Somebody at work does what no coaching of the one who suffers it can mend."""
    return _found(_HARM, text) and not _found(_RESOLVED, text)


def _found(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(_HARMLESS.sub(" ", without_marks(normalised(text)))) is not None
