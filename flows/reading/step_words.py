"""The words in which people report on a step, clause by clause; ``step_reports`` decides what they mean.

Patterns for a whole clause in the normalised spelling. Around each may stand what people put around
anything: "no", "sorry", "honestly" before, "yet", "again", "in the end" after.
"""

from __future__ import annotations

import re
from typing import Final

from flows.reading.wordlists import alternatives, phrases, words

LEAD: Final = (
    "(?:"
    + alternatives(
        r"""
        yes|yep|yeah|yup|ok|okay|well|oh|hi|hiya|hey|sorry|no|nope|nah|um|hm+|so|and|but|actually|eek|ugh|
        argh|
        honestly|to be honest|mate|lol|haha|omg|yay|right|then|basically|finally|sadly|unfortunately|just|
        er+m*|aw|god|obviously|literally
        """
    )
    + " )*"
)
_I: Final = "(?:(?:i|we|i've|we've|i'd|i have|i just|i also|i even|i then) )?"
_SOFT: Final = (
    "(?:"
    + alternatives(
        """
        still|just|really|actually|honestly|simply|totally|completely|finally|already|even|only|kind of|
        sort of|also|then|now|eventually|quickly|properly
        """
    )
    + " )*"
)
SINCE: Final = (
    "(?: "
    + alternatives(
        """
        yet|already|now|today|yesterday|this morning|this afternoon|tonight|last night|so far|for now|thanks|
        thank you|please|sorry|finally|i think|in time|on time|just now|this week|i'm afraid|again|lol|
        i guess|actually|honestly|though|in the end|at all|mate|haha|too|as well|earlier|at lunch|once|
        twice|ta|cheers|
        x+|straight away|to be honest|of course|obviously|completely|totally|properly|last minute|
        at the last minute|either
        """
    )
    + ")*"
)


def _own(block: str) -> re.Pattern[str]:
    """A clause about the person themselves, with "I" or without."""
    return re.compile(LEAD + _I + _SOFT + alternatives(block) + SINCE)


# ---------------------------------------------------------------- not yet

NEGATED: Final = re.compile(
    LEAD
    + _I
    + _SOFT
    + alternatives(
        """
        (?:can't|couldn't) bring myself to|didn't dare|didn't manage to|haven't|have not|didn't|did not|
        couldn't|could not|wasn't able to|was not able to|not able to|never|
        hadn't|don't think i|can't say i|not managed to|
        failed to|forgot to|not even|avoided|kept avoiding|keep avoiding|
        keep putting off|kept putting off
        """
    )
    + "(?: (?P<rest>.+))?"
)
# What may follow a negation that is about the step itself: "haven't got round to it", "didn't dare".
PRO_FORM: Final = re.compile(
    "(?:"
    + alternatives(
        """
        even|really|actually|quite|properly|fully|dare|manage|manage to|managed|managed to|bear to|face
        """
    )
    + " )*"
    + alternatives(
        """
        done|do|did|got|get|gotten|had|have|found|find|made|make|started|start|begun|touched|touch|tried|try|
        looked|look|face|manage|managed|sent|send|finish|finished|happen|happened|said|say|dare|dared|go|gone|
        work|worked|writing|doing|sending
        """
    )
    + "?(?: ?"
    + r"\b"
    + alternatives(
        """
        round to|around to|to|at|through|with|for|the|a|any|my|enough|chance|time|nerve|courage|guts|energy|
        head|headspace|room|moment|minute|second|it|that|this|him|her|them|alone|on his own|on her own|
        anything|any of it|one|out|done|nothing|do|doing|spare|single|free|further|far|anywhere|there|much|
        myself|happen|so|ask|tell|call|say
        """
    )
    + ")*"
    + SINCE
)
FAILED: Final = _own(
    r"""
    (?:bottled|chickened|wimped|wussed|backed|pulled) (?:it|out)|bottled|lost (?:my |the )?(?:nerve|courage)|
    lost my bottle|got cold feet|froze(?: up)?|bailed(?: on it| out)?|gave up(?: on it)?|
    put (?:it|that|this) off|ran out of (?:time|day|steam|energy)|overslept|slept (?:in|through(?: it)?)|
    went blank|blanked|(?:totally |clean )?forgot(?: (?:it|about it|all about it))?|(?:it )?slipped my mind|
    (?:was )?(?:too|so) (?:tired|knackered|busy|scared|nervous|shy|anxious|exhausted|shattered|late)|
    (?:was )?too (?:tired|knackered|busy|scared|nervous|shy|anxious|exhausted|shattered|late) (?:to|for) .+|
    (?:got |was )(?:distracted|sidetracked|called away|swamped|held up|stuck .*)|called in to work|
    (?:got |was )(?:called|pulled|dragged) into (?:a|another) .+|(?:got |was )pulled away|
    something (?:else )?came up|things came up|missed (?:it|my (?:chance|moment)|the (?:chance|moment))|
    skipped it|(?:fell|had fallen) asleep|procrastinated|avoided (?:it|him|her|them)|failed|
    deleted it(?: again| all)?|(?:written|wrote|typed) it .{0,20}(?:and |then )?deleted it|
    couldn't face (?:it|him|her|them)|(?:kept|keep) (?:putting it off|avoiding it|deleting it)|
    talked myself out of it|got scared|got nervous|no nerve|no (?:time|chance|luck|energy)|not a chance|
    nothing(?: done)?|total fail|epic fail|fail|(?:it )?(?:did not|didn't) go (?:ahead|through)|
    (?:it )?fell through|(?:it (?:was|got)|got) (?:cancelled|canceled|postponed)|no show|
    not (?:done|sent|finished|started|written|asked|called|said)(?: it)?|
    (?:the )?(?:other|rest|second)(?: one| half| bit| part)?(?: is| are)?(?: still)? not(?: .+)?|
    stood there(?: .+)?|said (?:nothing|nowt|nothing at all)
    """
)
TRIED: Final = re.compile(
    LEAD
    + _I
    + _SOFT
    + r"(?:tried|nearly|almost|meant to|wanted to|was going to|was about to)\b(?! my best)(?P<rest>.*)"
)
NO_ANSWER: Final = re.compile(
    r"\b(?:no answer|nobody there|didn't (?:pick up|answer)|voicemail|engaged tone)\b"
)
ABSENT: Final = re.compile(
    LEAD
    + r"(?P<who>[a-z']+?)(?:'s| is| was| were| has| had)? "
    + alternatives(
        """
        (?:wasn't|isn't|weren't|not) (?:in|there|around|available|free|at work)|off sick|off|away|out|busy|
        on leave|on holiday|sick|ill|(?:went|gone) (?:out|home|off|away)
        """
    )
    + r"\b.{0,40}"
)
THEM: Final = frozenset(words("he she they"))
# What makes a bare negation a reason: "didn't have the nerve".
WHY: Final = re.compile(
    r"\b(?:time|chance|nerve|courage|guts|energy|head|headspace|dare|dared|face|room|moment)\b"
)
REASONS: Final = frozenset(
    phrases(
        """
        forgot|i forgot|i forgot it|i forgot about it|no time|had no time|i had no time|too busy|
        i was too busy|didn't have time|i didn't have time
        """
    )
)

# ---------------------------------------------------------------- not now

NOT_NOW: Final = re.compile(
    LEAD
    + alternatives(
        r"""
        (?:.*(?<!he )(?<!she )(?<!they )(?<!you )(?<!who )\b)?(?:can't|cannot|can not|couldn't)
        (?: (?:do|talk|speak|write|look|make)(?: (?:it|that|this|to you))?)?
        (?: (?:right|just))? (?:now|today|at the moment|tonight|this (?:minute|second|morning|week))
        (?: (?:on|at|in|with|until|till) .{1,25})?|
        (?:i'm |i am |am )?(?:a bit |really |so |too |super |very |kind of |well |crazy )*(?:busy|swamped|
        slammed|snowed under|driving|tied up|rushed off my feet)
        (?: (?:with|at|until|till|right|now|today|this|all|doing|on|here|in|just|can't|and).{0,30})?|
        (?:i'm |i am |am |just |still )*(?:in a|in the|at a|in another|on a|on the|at the|at)
        (?:meeting|call|bus|train|car|middle of .+|shift|work|gym|doctor'?s?|dentist|school run|motorway|
        shops|school|nursery|handover|till)|
        (?:i'm |i am )?(?:on shift|at work|on the (?:bus|train|phone|ward|floor|road)|out with .+)|
        (?:i'm |i am )?with (?:a )?(?:client|customer|patient|the kids)s?|
        (?:not|no|isn't|it's not|it isn't|this isn't)(?: a| the| really)*(?: good| great| best| right)*
        (?:now|time|moment|today|this minute|right now|just now)|
        (?:no|not a) chance (?:now|today|right now|tonight|this (?:morning|afternoon|week))|
        bad (?:time|timing|moment)|wrong time|later(?: (?:on|maybe|today))?|in a (?:bit|while|minute|sec)|
        give me .{1,20}|(?:remind|ask) me .+|another (?:time|day)|some other time|
        (?:i'll|i will|will|going to|gonna|might|i'm going to|i might|maybe|i'll try|will try)(?: to)?
        (?:have to )?(?:(?:do|try|get to|look at) )?(?:(?:it|that|this) )?(?:later(?: on| today)?|
        after (?:lunch|work|dinner|tea|this|(?:the|my) .{2,20})|when .+|once .+|
        this (?:afternoon|evening))|
        after (?:lunch|work|dinner|tea|my shift|the meeting)
        """
    )
    + SINCE
)

# ---------------------------------------------------------------- at it, or half way

ON_IT: Final = re.compile(
    LEAD
    + "(?:(?:i'm|i am|am|we're) )?"
    + _SOFT
    + alternatives(
        r"""
        on (?:it|my way|the way)|about to(?: .+)?|here (?:goes|we go|i go)(?: nothing)?|wish me luck|
        fingers crossed|(?:going|heading|walking|off) (?:in|into|there|over)(?: .{0,40})?|
        (?:going|heading|walking) to .{1,25} now|(?:i )?(?:start|begin|do it|do this|go)(?: it| this)? now|
        (?:i )?(?:starting|beginning)(?: (?:it|now|on it|this|that))*|
        (?:doing|sending|writing|typing|calling|ringing|texting|asking|telling|making|finishing)
        (?:it|that|this|him|her|them|the .{2,20}|now)(?: .{0,20})?|
        (?:i'll |i will |will )?(?:do|send|call) (?:it|him|her|them|that|this) (?:right )?now|
        will do|i will|i'm on|doing now|right on it
        """
    )
    + SINCE
)
PART: Final = _own(
    r"""
    (?:(?:did|done|got|wrote|written|managed|made|finished|have|had|got through|read|sent|asked|said|about|
    maybe|nearly|almost|roughly|like) )*(?:half(?: ?way)?|part|some|most|a (?:bit|start|part|piece)|
    the (?:first|easy|main|hard) (?:bit|part|half|page|line|one|step))
    (?: (?:of it|of them|of that|done|there|through|finished|written|of the (?:list|form|way)|with it|
    on it))*|
    working on it|in progress|made a start(?: on .+)?|started (?:it|on it|writing it|that)|
    (?:nearly|almost|getting) there|(?:it's |it is )?half (?:done|finished|written|there)|
    (?:one|two|three|1|2|3) (?:out )?of (?:the )?(?:two|three|four|five|2|3|4|5|them)(?: done| sent)?
    """
)

# ---------------------------------------------------------------- done

PASSIVE: Final = re.compile(
    LEAD
    + r"(?:(?:the|my|that|an|a) )?(?P<what>(?:[\w']+ ){0,2}?[\w']+?)"
    + "(?:'s| is| are| has been| have been|'s been| was| all| got)* (?:all )?"
    + alternatives(
        """
        sent|done|booked|finished|written|sorted|submitted|posted|signed|asked|handed in|over with|done with|
        out|in the diary
        """
    )
    + SINCE
    + "(?: (?:at|by|before|on|last|this) .{1,20})?"
)
NOBODYS: Final = re.compile(r"(?:i'm|i|i am|nothing|not|we|half|so|never)\b")
THINGS: Final = frozenset(
    words(
        """
        it it's that that's this job email mail message text call talk chat letter form invite cv application
        request note conversation deed task step all everything
        """
    )
)
WENT: Final = re.compile(
    LEAD
    + "(?:(?:it|that|this|all|(?:the )?(?:talk|chat|call|meeting|conversation|interview)) )?"
    + _SOFT
    + "(?:all )?(?:went|was|wasn't)"
    + "(?: (?:really|so|pretty|quite|very|actually|surprisingly|way|a lot|much|that))* "
    + alternatives(
        """
        well|ok|okay|fine|good|great|badly|terribly|better|easier|brilliantly|smoothly|as planned|bad|alright|
        all right
        """
    )
    + "(?: (?:than|in the end|actually|i think|thanks).*)?"
    + SINCE
)
ACT: Final = re.compile(
    LEAD
    + _I
    + _SOFT
    + "(?:(?:went and|managed to|have|got to|did|ended up|been and) )*(?P<verb>[a-z]+)(?P<rest>(?: .+)?)"
)
# The object of an act where it is no thing of its own: "told him", "sent it to her straight".
NO_THING: Final = re.compile(
    "(?: "
    + alternatives(
        """
        to|with|at|for|off|up|over|in|on|out|back|through|both|all|just|straight|about|them|him|her|it|that|
        this|everyone|one|both of them|all of it|all of them|so|a message|an email|a text|a mail|the email|
        the message|the text
        """
    )
    + ")*"
    + SINCE
)
NO_OBJECT: Final = re.compile(
    r"(?: (?:\d|for|to|at|in|on|before|after|this|down|through|along|again|early|late|just|today).*)?"
)
OTHERS: Final = re.compile(
    r"(?:he|she|they|you|my|the|his|her|their|who|it|that|everyone|nobody|people|there|this|these|our)\b"
)
SPOILT: Final = re.compile(
    r"\b(?:wrong|instead|nearly|almost|accident|mistake|(?:years?|months?|weeks?) ago|last (?:year|month)|"
    r"because|you|used to|always|every|when i|before i|if)\b"
)
TO_THEM: Final = re.compile(r"\b(?:him|her|them)$")
PAST: Final = frozenset(
    words(
        """
        told asked spoke talked said sent wrote called rang texted mailed emailed messaged phoned did done
        mentioned submitted posted handed finished booked signed raised chatted made met gave took put read
        went got had bought brought found kept set showed sat ran left caught applied replied cut paid chose
        drew began came held picked spoken written txt
        """
    )
)
DONE_VERBS: Final = frozenset(
    words(
        """
        tell ask speak talk say send write call ring text mail email message phone do mention submit post hand
        finish book sign raise chat sort
        """
    )
)
LIGHT: Final = frozenset(words("have go do make"))  # what was done stands in the noun: "had the chat"
INTRANSITIVE: Final = frozenset(
    words(
        """
        run walk swim apply practise practice rehearse cook meditate exercise train rest cycle stretch resign
        quit enrol
        """
    )
)

# ---------------------------------------------------------------- no report at all

ASKS: Final = re.compile(
    r"\?|\b(?:can|could|shall|may|will|would) (?:we|you|i)\b|\blet's\b"
    r"|\b(?:i'd like|i would like|i want|i need) (?:to|a|your|some|help)\b"
    r"|\b(?:told|wrote|asked|sent|said|texted|messaged|write|tell)(?: to)? you\b"
    r"|\b(?:help me|talk about|work on|think about|any (?:ideas|tips|advice)|how (?:do|can|should) i"
    r"|what (?:do|should|shall) i)\b"
)
BARE: Final = frozenset(
    words(
        "yes yep yeah yup no nope nah ok okay well oh sorry done lol haha omg yay hi hiya hey so ugh eek mate"
    )
)
