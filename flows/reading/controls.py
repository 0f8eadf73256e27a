"""The whole messages that mean yes, no, or a wish about the conversation itself.

Words only, in the normalised spelling, without punctuation; how they are compared stands in choices.py.
"""

from __future__ import annotations

from typing import Final, Literal

from flows.reading.wordlists import phrases

# What may stand before or after without changing the meaning. Never a word that doubts.
SOFTENERS: Final = phrases(
    """
    please|thanks|thank you|ta|cheers|thx|mate|pal|coach|cairn|um|uh|hm|oh|ok|okay|well|just|then|now|
    for now|sorry|honestly|haha|
    lol|i think|i guess|actually|let's|can we|can i|i want to|i'd like to|tbh|to be honest|right now|
    at the moment|today|here
    """
)

YES: Final = frozenset(
    phrases(
        """
        it holds|holds|that holds|yes it holds|yessir|yes sir|yeah man|yh|yh sure|yup yup|yass|
        yes|yep|yup|yeah|yea|yeh|ye|ya|y|aye|sure|sure thing|sure why not|ok|okay|okey|k|kk|okey dokey|
        of course|absolutely|definitely|certainly|totally|exactly|correct|right|that's right|
        that is right|true|indeed|affirmative|yes i do|i do|yes i am|i am|yes i did|i did|yes i have|
        i have|yes i will|i will|i can|yes i can|yes it is|it is|yes it does|it does|yes that's right|
        yes sure|yes of course|yes definitely|yes absolutely|yeah sure|go ahead|go for it|sounds good|
        sounds great|sounds fine|fine|fine by me|fine with me|good|great|perfect|please do|do it|
        let's do it|let's go|why not|works for me|that works|agreed|i agree|deal|you bet|uh huh|mhm|
        mm hm|very much|very much so|i think so|i guess so|i believe so|probably yes|yes yes|yess|
        please|alright|all right|cool|gladly|i'd like that|i would|i would like that|yes i'd like that|
        yes i would|happy to|ready|i'm ready|i'm in|si|sí|ja|oui|da|да|sim
        """
    )
)

NO: Final = frozenset(
    phrases(
        """
        no|nope|nah|naw|na|n|nay|no way|no thanks|no thank you|not really|not at all|not now|not yet|
        not today|never|not quite|not exactly|of course not|definitely not|absolutely not|certainly not|
        no i don't|i don't|i do not|no i'm not|i'm not|i am not|no i didn't|i didn't|no i haven't|
        i haven't|no i won't|i won't|i can't|no i can't|no it isn't|no it's not|it isn't|it's not|
        no it doesn't|it doesn't|negative|wrong|that's wrong|incorrect|that's not right|i'd rather not|
        rather not|don't|please don't|don't think so|i don't think so|i guess not|i think not|
        probably not|not for me|no need|not necessary|not interested|no no|not this time|
        i don't want to|no i don't want to|not particularly|nein|non|net|нет|não|no gracias
        """
    )
)

YES_EMOJI: Final = ("👌", "🆗", "💯", "👍👍", "🙌", "✔️", "☑️")

ControlName = Literal["back", "skip", "unsure", "pause", "done", "fine", "keep"]

_CONTROLS: Final[dict[ControlName, str]] = {
    "back": """
        back|go back|one back|step back|previous|previous question|the previous question|undo|
        go back one|back one|last question|go to the previous question|back please|take me back
        """,
    "skip": """
        skip|skip it|skip this|skip this one|skip that|skip question|skip this question|
        skip the question|pass|i pass|i'll pass|pass on this|pass on this one|next|next one|
        next question|next please|move on|go on|rather not say|i'd rather not say|prefer not to say|
        i prefer not to say|i'd rather not answer|don't want to answer|i don't want to answer|i'll skip|
        i'll skip this|i'll skip this one
        """,
    "unsure": """
        i don't know|don't know|i do not know|no idea|i have no idea|i've no idea|not sure|i'm not sure|
        i am not sure|unsure|no clue|i have no clue|haven't a clue|i haven't a clue|can't say|
        i can't say|hard to say|difficult to say|i really don't know|really don't know|
        i'm really not sure|not really sure|not so sure|who knows|beats me|i wish i knew|
        can't think of anything|i can't think of anything|nothing comes to mind|i don't know really|
        don't know really|not sure really|not sure yet|i don't know yet|don't know yet|i'm unsure|idk|
        shrug|no idea really|i'm not certain|not certain|i couldn't say|couldn't say|drawing a blank|
        i'm drawing a blank|my mind is blank|i've no clue|don't have a clue|i don't have a clue
        """,
    "pause": """
        pause|pause it|pause this|pause please|take a break|i need a break|need a break|break|later|
        maybe later|do this later|do it later|not now later|gtg|g2g|got to go|i've got to go|have to go|
        i have to go|i need to go|need to go|must go|i must go|gotta run|have to run|i have to run|brb|
        be right back|talk later|talk to you later|speak later|ttyl|see you later|enough for today|
        that's enough for today|that's enough|enough|stop|stop here|stop for now|stop for today|quit|
        continue later|continue tomorrow|continue this later|continue this tomorrow|
        continue another time|another time|some other time|tomorrow then|finish later|finish this later|
        pick this up later|pick this up tomorrow|hold on for now
        """,
    "done": """
        done|i'm done|i am done|all done|that's all|that is all|that's it|that is it|thats all folks|
        that's everything|that's the list|that's my list|that's about it|that's all i have|
        that's all i've got|that's all i can think of|no more|nothing else|nothing more|nothing further|
        no that's all|no that's it|no nothing else|no more ideas|no others|none other|nothing to add|
        nothing else to add|finished|i'm finished|i've finished|end|the end|end of list|complete|
        no that's everything|i think that's all|i think that's it|can't think of more|
        can't think of any more|i can't think of more|i can't think of any more|
        i can't think of anything else|can't think of anything else|that would be all|that'll be all|
        that'll do|yes that's all|yes that's it|ok that's all|no done
        """,
    "fine": """
        fine|fine as it is|fine as is|it's fine|it's fine as it is|it is fine|that's fine|that is fine|
        good enough|that's good enough|it's good enough|good as it is|good as is|ok as it is|
        okay as it is|ok as is|it's ok as it is|it's good as it is|it's good|that's good|all good|
        fine like this|fine like that|it's fine like this|fine the way it is|it's fine the way it is|
        good the way it is|clear enough|specific enough|that's specific enough|that's clear enough|
        works as it is|happy with it|i'm happy with it|happy with that|i'm happy with that|no it's fine|
        no that's fine|no it's good|no it's fine as it is
        """,
    "keep": """
        keep|keep it|keep that|keep this|keep as is|keep as it is|keep it as is|keep it as it is|
        keep mine|keep my words|keep it like this|keep it like that|keep it that way|keep it this way|
        leave it|leave it as is|leave it as it is|leave as is|leave it like that|leave it like this|
        leave it be|don't change it|don't change|do not change it|don't change anything|no change|
        it fits|it still fits|still fits|yes it fits|yes it still fits|it stays|yes it stays|it can stay|
        no changes|unchanged|same|the same|same as before|stay with it|stick with it|i'll keep it|
        i keep it|as it is|as is
        """,
}

CONTROL_WORDS: Final[dict[str, ControlName]] = {
    " ".join(phrase.split()): control
    for control, phrases in _CONTROLS.items()
    for phrase in phrases.split("|")
}
