"""How words are spelt on a phone: contractions without apostrophe, chat spellings, usual typos.

A short list of known forms rather than edit distance, which turns short words into each other.
Forms that are also words of their own ("well", "were", "its", "hell") are left alone on purpose.
"""

from __future__ import annotations

import re

from flows.reading.wordlists import words

_CONTRACTIONS = words(
    """
        don't can't won't didn't doesn't isn't wasn't weren't aren't couldn't shouldn't wouldn't haven't
        hasn't hadn't ain't mustn't needn't i'm i've you're you've you'll they're they've they'll we've
        that's what's there's here's who's where's how's let's it'll that'll he's she's
        """
)

_TYPED = """
you=u ya yu; your=ur; before=b4;
tomorrow=tmrw tmr tmw tmrow tomoz tomo 2moro 2morrow 2mrw tommorow tommorrow tomorow tomorro tmorrow;
tonight=2nite tonite 2night; today=2day tday; week=wk; weeks=wks; year=yr; years=yrs; months=mths;
month=mth; hours=hrs; minutes=mins; never=nvr; should=shuld shud shoud shld; would=wud woud wld;
could=cud coud cld; because=bc cuz coz cos becuase becasue bcoz; please=pls plz pleas;
thanks=thx tnx thnx; with=wiv; people=ppl; about=abt abut; manager=mgr; message=msg; messages=msgs;
meeting=mtg; meetings=mtgs; though=tho; through=thru; really=rly realy rlly; right now=rn;
to be honest=tbh; at the moment=atm; something=smth sth; someone=sb; i don't know=idk;
don't know=dunno donno dono; going to=gonna; want to=wanna; have to=gotta; kind of=kinda;
sort of=sorta; let me=lemme; give me=gimme; probably=prolly probly prob; definitely=definately defo;
the=teh; and=adn; receive=recieve; weird=wierd; different=diffrent; necessary=neccessary;
colleague=collegue colleage; career=carreer carrer; business=buisness; until=untill; which=wich;
friend=freind; believe=beleive; work=wrk; good=gud; great=gr8; later=l8r ltr; what=wut wat;
monday=mondy; tuesday=tuseday tusday; wednesday=wensday wednsday wendsday wedensday;
thursday=thurday thrusday thirsday; friday=firday fridya; saturday=saterday satuday; sunday=sundy;
february=febuary; september=setember; evening=evning; morning=mornin;
"""


def _table() -> dict[str, str]:
    typed = {form.replace("'", ""): form for form in _CONTRACTIONS}
    for line in _TYPED.replace("\n", " ").split(";"):
        usual, _, forms = line.strip().partition("=")
        typed |= dict.fromkeys(forms.split(), usual)
    for form in ("hes", "shes"):  # also plurals
        typed.pop(form, None)
    return typed


SPELLINGS = _table()

_STRETCHED = words(
    """
        idk dunno no yes yeah yep yup nope nah ok okay sure so soon please maybe hm um uh er ah oh never
        always hello done skip back pause later pass next very really good well hi hey bye today
        tomorrow nothing help stop fine much many way long hard bad love hate ugh argh meh all none
        tired stuck alone ha lol haha
        """
)

ELONGATED = {re.sub(r"(.)\1+", r"\1", word): word for word in _STRETCHED}

# "ill" means "I'll" only before what one does; alone it may mean sick.
ILL_BEFORE = (
    "(?:also |just |probably |definitely |try |then )?"
    "(?:ask|be|block|book|bring|call|check|choose|come|cut|do|draft|email|find|finish|get|give|go|"
    "have|keep|leave|let|"
    "list|look|mail|make|meet|message|move|open|pick|plan|prepare|put|reach|read|say|schedule|see|"
    "send|set|share|sit|"
    "speak|start|stop|take|talk|tell|text|think|try|turn|update|use|wait|wake|walk|work|write)"
)

# What people type while they think. Longest first: "that's a good question" before "good question".
FILLERS = (
    r"(?:that's |this is |it's )?(?:such )?(?:an? )?(?:really |very )?(?:good|great|tough|hard|"
    r"interesting|tricky|nice) "
    r"(?:question|one)|let me (?:think|see)(?: about (?:it|that|this))?|let's see|"
    r"give me a (?:second|sec|minute|moment)|"
    r"good question|hold on|one sec(?:ond)?|thinking|hm+|um+|uh+|er+m*|em+|ah+|oh+|eh+|mm+|uhm+|"
    r"ehm+|ha(?:ha)*h?|"
    r"he(?:he)+|lol|lmao|rofl|well|so|right|interesting|wow|oof|phew|ugh|argh|meh|sigh|xd"
)
