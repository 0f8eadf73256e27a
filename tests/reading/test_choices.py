"""Typed answers to shown choices, yes and no, and words for the conversation itself."""

import pytest

from flows.reading.choices import read_choice, read_control, read_yes_no

LABELS = {
    "talk": "Talk to my manager",
    "cv": "Update my CV",
    "net": "Grow my network",
    "rest": "🌱 Rest first",
}

ONE = {
    "Update my CV": "cv",
    "update my cv!": "cv",
    "talk": "talk",
    "talk to": "talk",
    "2": "cv",
    "2.": "cv",
    "2)": "cv",
    "#2": "cv",
    "2️⃣": "cv",
    "the second": "cv",
    "I'd go with the second one": "cv",
    "third": "net",
    "last one": "rest",
    "the last one": "rest",
    "number four": "rest",
    "option 3 please": "net",
    "one": "talk",
    "the cv": "cv",
    "network": "net",
    "manager": "talk",
    "rest first": "rest",
    "🌱": "rest",
    "the first one": "talk",
    "grow network": "net",
}
SEVERAL = {
    "1 and 3": ("talk", "net"),
    "1,3": ("talk", "net"),
    "1 3": ("talk", "net"),
    "1-3": ("talk", "cv", "net"),
    "all of them": ("talk", "cv", "net", "rest"),
    "all": ("talk", "cv", "net", "rest"),
    "first two": ("talk", "cv"),
    "the last two": ("net", "rest"),
    "cv and network": ("cv", "net"),
    "first and last": ("talk", "rest"),
}
NEITHER = [
    "",
    "5",
    "0",
    "2 or 3",
    "not the first",
    "something else",
    "the easy one",
    "both",
    "none",
    "👍",
    "I talked to my manager for two hours about salary",
    "99",
    "1 and 9",
]


@pytest.mark.parametrize(("text", "choice"), ONE.items())
def test_read_choice_finds_the_one_meant(text: str, choice: str) -> None:
    """A label, a piece of it, a number or an ordinal names a choice."""
    assert read_choice(text, LABELS) == choice


@pytest.mark.parametrize(("text", "choices"), SEVERAL.items())
def test_read_choice_finds_several(text: str, choices: tuple[str, ...]) -> None:
    """Several numbers or labels are several choices."""
    assert read_choice(text, LABELS) == choices


@pytest.mark.parametrize("text", NEITHER)
def test_read_choice_never_guesses(text: str) -> None:
    """What is no choice, or could be two, is left to the caller."""
    assert read_choice(text, LABELS) is None


def test_read_choice_prefers_a_label_to_a_position() -> None:
    """Where a label begins with the number typed, the label is meant."""
    months = {"three": "3 months", "six": "6 months", "twelve": "12 months"}

    assert read_choice("3", months) == "three"
    assert read_choice("2", months) == "six"
    assert read_choice("month", {"a": "A month", "b": "A week"}) == "a"


def test_read_choice_takes_both_of_two() -> None:
    """ "Both" is an answer where two are shown."""
    assert read_choice("both", {"a": "Tea", "b": "Coffee"}) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, True)
            for text in [
                "yes",
                "Yep!",
                "sure",
                "sure 👍",
                "ok",
                "k",
                "👍",
                "👍🏽",
                "✅",
                "yeah",
                "yes please",
                "um yes",
                "I think so",
                "absolutely!!",
                "yesss",
                "fine",
                "of course",
            ]
        ),
        *(
            (text, False)
            for text in [
                "no",
                "nope",
                "Nah",
                "noo",
                "not really",
                "no thanks",
                "👎",
                "not now",
                "I don’t think so",
                "dont",
            ]
        ),
        *(
            (text, None)
            for text in [
                "yes but not now",
                "maybe",
                "no idea",
                "no more",
                "7",
                "I said yes to her",
                "",
                "sure, although",
            ]
        ),
    ],
)
def test_read_yes_no_needs_a_plain_answer(text: str, meant: bool | None) -> None:
    """A plain yes or no counts; one with a "but" does not."""
    assert read_yes_no(text) is meant


CONTROLS = {
    "back": "back|go back|Back!|previous question",
    "skip": "skip|pass|next|Skip it please|i'd rather not say|next question",
    "unsure": "idk|dunno|dunnoo|i dont know|I don’t know|no idea|not sure|🤷|🤷‍♀️|i have no clue|idk really",
    "pause": "pause|later|gtg|brb|stop|enough for today|can we continue tomorrow",
    "done": "done|that's all|thats it|that’s it|no more|nothing else|I'm done|all done!",
    "fine": "fine|fine as it is|good enough|it's fine",
    "keep": "keep|keep it|keep it as it is|leave it as it is|no change",
}


@pytest.mark.parametrize(
    ("text", "control"), [(text, control) for control, texts in CONTROLS.items() for text in texts.split("|")]
)
def test_read_control_understands_whole_messages(text: str, control: str) -> None:
    """The whole message says it, politely or not."""
    assert read_control(text) == control


@pytest.mark.parametrize(
    "text",
    [
        "I want to go back to university",
        "done with my boss",
        "later this week",
        "stop working weekends",
        "quit my job",
        "next friday",
        "don't know if this counts, but I led it",
        "pass the exam",
        "nothing",
        "",
        "keep calm",
        "7",
    ],
)
def test_read_control_leaves_answers_alone(text: str) -> None:
    """The same words inside an answer are part of the answer."""
    assert read_control(text) is None


NEED = {"think": "Room to think", "other": "Someone's experience", "feel": "Help with how I feel"}
LENGTH = {"short": "A talk, 5 minutes", "full": "A talk, 15 minutes", "end": "That's all"}
REACHED = {"yes": "Yes", "partly": "Partly", "no": "Not yet"}
WHEN = {"at": "At that moment", "evening": "The evening before", "none": "No reminder"}
NEAR = {"i1": "6", "i2": "7"}
NEXT = {"next": "A next step", "complete": "It is complete"}


@pytest.mark.parametrize(
    ("text", "labels", "choice"),
    [
        ("I need place for think", NEED, "think"),
        ("Room to think I'd say, although a bit of someone's experience wouldn't go amiss!", NEED, "think"),
        ("someone's experience a bit", NEED, "other"),
        ("the long one", LENGTH, "full"),
        ("long", LENGTH, "full"),
        ("yes, the long one", LENGTH, "full"),
        ("the short one please", LENGTH, "short"),
        ("a part", REACHED, "partly"),
        ("partly I'd say", REACHED, "partly"),
        ("the evening one", WHEN, "evening"),
        ("the lower one", NEAR, "i1"),
        ("the higher", NEAR, "i2"),
        ("no that's finished", NEXT, "complete"),
        ("not sure, the first one", LABELS, "talk"),
        ("nah i want all 4", LABELS, ("talk", "cv", "net", "rest")),
        ("not finished", NEXT, None),
        ("the longest day of my life", LENGTH, None),
    ],
)
def test_what_people_say_instead_of_a_label(
    text: str, labels: dict[str, str], choice: str | tuple[str, ...] | None
) -> None:
    """A size, a place, a word that says the same, or a label with more words around it."""
    assert read_choice(text, labels) == choice


def test_it_still_fits_keeps_it() -> None:
    """A question whether it still fits offers to keep it."""
    assert read_control("it fits") == read_control("yes it stays") == "keep"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("the third one. ask for what i want", "c"),
        ("second one", "b"),
        ("the last one please", "d"),
        ("the first meeting is hard", None),
        ("third time lucky", None),
    ],
)
def test_a_place_in_the_list_says_which(text: str, choice: str | None) -> None:
    """Said first, with other words after it; not where it counts something else."""
    labels = {
        "a": "cut the past",
        "b": "start with the fair question",
        "c": "say it plainly",
        "d": "bring notes",
    }
    assert read_choice(text, labels) == choice
