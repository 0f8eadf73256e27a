"""Words after which nothing is coached: despair, a threat, what needs a doctor, harm done at work.

Words only, in the normalised spelling. A floor and no proof: what is said in other words is not met,
which is why /help_now is always in the menu and nothing here says that anybody is watched over.
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
_CRISIS: Final = re.compile(
    r"\b(?:kill(?:ing)? myself|end(?:ing)? my (?:own )?life|end(?:ing)? it all|tak(?:e|ing) my own life"
    r"|suicidal|(?:commit(?:ting)?|attempt(?:ing|ed)?|thought(?:s)? (?:of|about)|thinking (?:of"
    r"|about)) suicide"
    r"|(?:want|wanna|wanted|going|ready) (?:to )?die(?! (?:of|from|laughing))\b"
    r"|(?:hurt|harm|cut)(?:ting|ing)? myself|self.?harm(?:ing|ed)?"
    r"|better off (?:dead|without me)"
    r"|(?:don't|do not|didn't) want to (?:live|be alive|wake up|exist|be here any ?more)"
    r"|no (?:reason|point) (?:to|in) (?:live|living|go on|going on)"
    r"|(?:took|taken|swallowed) (?:some|a lot of|lots of|all (?:of )?(?:my|the)|too many|a bunch of)"
    r" (?:pills|tablets|meds)|overdosed?|goodbye (?:forever|for ever|world)"
    r"|(?:said|says|swore|threatened|threatens|threatening)(?: [\w']+){0,4} (?:to )?(?:hurt|kill"
    r"|beat|harm) me"
    r"|(?:he|she|my (?:husband|wife|partner|boyfriend|girlfriend|ex|boss|father))"
    r" (?:hits|beats|beat|chokes|choked|strangled|is hitting|is beating) me"
    r"|(?:afraid|scared|fear)(?: that)? (?:he|she|they)(?:'ll| will| might) (?:hurt|kill|harm) me)\b"
)
_ANYWHERE: Final = r"(?:(?:but|and|so|ok|okay|well|wait|honestly|sorry|i think|lol|ugh) )*"
_SOFT: Final = re.compile(
    r"\bkms\b|\b(?:shoot|kill|end) me now\b|\b(?:just|please) (?:shoot|kill) me\b|\bsuicide\b"
    r"|\b(?:want|wanted|wanna|going) (?:to )?die (?:of|from|laughing)\b|\brather die\b"
    rf"|^{_ANYWHERE}i (?:really |just |honestly )?(?:can't|cannot|can not)"
    r" (?:do this|go on|take (?:it|this)|cope)"
    r"(?: like this)?(?: any ?more| any longer)?(?: lol| haha| tbh)?$"
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


def sounds_like_crisis(text: str) -> bool:
    """A wish to die, a plan or a means, or somebody who threatens."""
    return _found(_CRISIS, text)


def sounds_dark(text: str) -> bool:
    """What may be a way of speaking: it is asked about once."""
    return _found(_SOFT, text)


def needs_a_doctor(text: str) -> bool:
    """More than questions about work can carry, and not in somebody's care already."""
    return _found(_THERAPY, text) and not _found(_TREATED, text)


def tells_of_harm(text: str) -> bool:
    """Somebody at work does what no coaching of the one who suffers it can mend."""
    return _found(_HARM, text) and not _found(_RESOLVED, text)


def _found(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(_HARMLESS.sub(" ", without_marks(normalised(text)))) is not None
