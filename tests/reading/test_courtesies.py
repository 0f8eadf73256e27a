"""Thanks, farewells, greetings: what is only polite, and what says more."""

import pytest

from flows.reading.courtesies import declines, read_courtesy

SAID = {
    "thanks": """
        ta|cheers mate|ok will do ta|thx|thanks a lot!|ok thanks|cool|👍|no thanks|not now|ok bye then|
        thanks, on it tomorrow|great, thank you so much|cheers for that|ty x|thanks i guess|
        thank you, that helped|ta boss, speak soon|bye!|ok will do|got it, thanks|perfect cheers|
        thanks. that was harder than i thought|thanks, i feel a bit lighter now|merci|ok great|
        thanks for listening|nice one mate|right, back to work. ta|see you then|have a good one|
        thanks, you too|cheers pal, catch you later
    """,
    "night": """
        thanks. going to try sleep|thanks x night|ok night 😴|good night|night night x|
        ok thank you. good night|off to bed, ta|goodnight!|thanks, bed now
    """,
    "corrects": """

        thanks. topic 'ok so' haha. and i changed what i wanted, it was walk in thursday w my head up.
        anyway. going to try sleep|
        thanks 😊 my step should say 'say one thing in the first ten mins' though, not that bit. And can
        you message me 9:40 instead?|
        cheers but the day is wrong|thanks, i meant tuesday not thursday|ta. thats not what i said tho
    """,
    "": """
        thanks, can we talk about my boss?|thanks. one more thing|
        thanks but i still dont know what to do about gary|ok so my boss shouted at me|
        night shifts are killing me|great, now my boss hates me|
        cheers me up a bit that she said yes but then i have no idea what to do with the rest of it and
        my manager|
        worked all weekend again|later i realised it was me|good news i got the job|
        thank you letters take me ages at work|right so heres the thing|bye bye career|i want to talk|hi|
        no|sleep is awful lately|fine i hate this job|ok i want to start|thanks, what happens next?|
        nice people but awful pay|time for a new job|see you in court lol my ex boss said|off sick again|
        that's all very well but i need a plan|cool manager, bad pay|going home in tears again
    """,
}
CASES = [(" ".join(text.split()), kind) for kind, block in SAID.items() for text in block.split("|")]


@pytest.mark.parametrize(("text", "kind"), CASES, ids=[text for text, _ in CASES])
def test_courtesy_is_read(text: str, kind: str) -> None:
    """It begins with thanks or a farewell, and asks for nothing."""
    assert read_courtesy(text) == kind


DECLINED = """not now mate|no not today ta|no thank you I write CV now|nah|no|later|not now|maybe later
        thanks|
    no, I only answer you what I must have ready|another time|rather not|not tonight, im knackered"""
NOT_DECLINED = """no but i want to talk about my boss|yes|5 minutes|the short one|nothing works at my job|
    not now? why not|noted|northern rail cancelled my train|no let's do fifteen|short"""


@pytest.mark.parametrize("text", [" ".join(text.split()) for text in DECLINED.split("|")])
def test_an_offer_is_turned_down(text: str) -> None:
    """However it is put."""
    assert declines(text)


@pytest.mark.parametrize("text", [" ".join(text.split()) for text in NOT_DECLINED.split("|")])
def test_an_offer_is_not_turned_down(text: str) -> None:
    """A no that goes on to something else is none."""
    assert not declines(text)
