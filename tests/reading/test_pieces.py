"""The short whole piece of what a person wrote: where it is cut, and what is left out around it."""

import pytest

from flows.reading.pieces import MOST, main_sentence, note, open_part, plan_piece, short_piece, subject_of
from flows.reading.repeats import without_lead

LONG = (
    "So Gareth's retiring in March and they've not said who's getting his half of the work, "
    "and there's the new system on top of it all"
)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("my chartership application, it's been half done for a year", "my chartership application"),
        (LONG, "Gareth's retiring in March"),
        ("It's Lisa again really. Lovely girl, but she asked me eleven times on Monday", "It's Lisa again"),
        ("I asked Martin twice, once in passing, and he wrote it down both times", None),
        ("sister tore into me in front of a patient and i just stood there", None),
        ("Since two year I do it, and my wife say they use me", "Since two year I do it"),
        ("write to Martin with the three jobs and ask which one he wants dropped", None),
        ("one page with three numbers; nothing else in it at all, not one picture", None),
    ],
)
def test_a_long_text_is_cut_where_a_clause_ends(text: str, piece: str | None) -> None:
    """At most nine words or so, and never in mid-thought."""
    found = short_piece(text)

    assert found == (piece or found)
    assert 3 <= len(found.split()) <= MOST
    assert not found.endswith("…")


@pytest.mark.parametrize(
    "text",
    [
        "Chef give foreman work to me but not the foreman money",
        "I would do it, if only she asked me first",
        "a plan and a date and the names of all four",
        "say 'pop it on your list, we look at two' and smile",
        "If they come, I play first and write when they sleep",
    ],
)
def test_what_belongs_together_stays_together(text: str) -> None:
    """A turn of meaning, an "if" with its "then", a quotation and a list of things are not cut through."""
    assert short_piece(text) == text


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("hey so like my job is kinda meh lol", "my job is kinda meh"),
        ("ok so, my boss", "my boss"),
        ("ok so. yesterday my boss left", "yesterday my boss left"),
        ("like able to sleep tonight", "able to sleep tonight"),
        ("Well I'd rather not say", "I'd rather not say"),
        ("honestly, the reviews tbh", "the reviews"),
        ("I mean, we never talk", "we never talk"),
        ("sort out i guess", "sort out"),
        ("a better job or something 🙂", "a better job"),
        ("my review haha", "my review"),
        ("Because I've given that place nineteen years", "I've given that place nineteen years"),
        ("well paid job", "well paid job"),
        ("so many meetings", "so many meetings"),
        ("not really", "not really"),
        ("ok", "ok"),
    ],
)
def test_what_people_put_around_it_is_left_out(text: str, piece: str) -> None:
    """Openers, laughs and hedges at the end are no part of what was said; a word that means something is."""
    assert short_piece(text) == piece


@pytest.mark.parametrize(
    "text",
    [
        "Good day, I want speak about my course",
        "hello there, I'd like to talk about my course",
        "it's about my course",
    ],
)
def test_the_subject_is_what_is_to_be_talked_about(text: str) -> None:
    """Not the wish to talk about it."""
    assert short_piece(subject_of(text)) == "my course"


def test_without_a_clause_end_there_is_no_piece() -> None:
    """Then the wording without a quote is chosen."""
    assert short_piece("word " * 30) == note("word " * 40) == plan_piece("word " * 30) == ""


def test_notes_hold_more_than_a_question() -> None:
    """About twenty words, whole clauses."""
    found = note(LONG)

    assert found == "Gareth's retiring in March and they've not said who's getting his half of the work"


def test_a_plan_is_cut_so_that_it_can_be_read_aloud() -> None:
    """Each half ends where a clause does."""
    cue = "Somebody will come to my desk, they always do, and I'll think well I'll just do this first"

    assert plan_piece(cue) == "Somebody will come to my desk, they always do"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("got the number not the words", "got the number not the words"),
        ("I know Laila backs me. I still don't know what I say first", "I still don't know what I say first"),
        ("The words for Carol. The date is there", "The date is there"),
        ("what to say to Gary is not there. the number is", "what to say to Gary is not there"),
    ],
)
def test_what_is_missing_is_told_apart_from_what_is_there(text: str, part: str) -> None:
    """The sentence that says no, still or not yet; else the last."""
    assert open_part(text) == part


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("wait i was still telling you. what i want is the right words", "what i want is the right words"),
        ("no my pick was talk to BETH. i will ask beth for a cuppa", "i will ask beth for a cuppa"),
        ("told you text him", "text him"),
        ("What means beforehand? Before I do it? I can tell Ania", "I can tell Ania"),
        ("my goal is more money", "my goal is more money"),
        ("That's not what was open. The hiring plan", "The hiring plan"),
        ("You've just asked me that. Nothing.", "Nothing."),
        ("It was not my mistake. I told her so", "It was not my mistake. I told her so"),
        ("This is not fair. She gets the credit", "This is not fair. She gets the credit"),
        ("I said no. She left", "I said no. She left"),
        ("That part was hard. I cried", "That part was hard. I cried"),
        ("She left, I was telling you. Ruth said yes", "She left, I was telling you. Ruth said yes"),
        ("It’s mine. I’d rather go", "It’s mine. I’d rather go"),
        ("what does he want? more money", "what does he want? more money"),
    ],
)
def test_a_remark_before_an_answer_is_no_part_of_it(text: str, answer: str) -> None:
    """A reproach, a word asked about, what was misread: the answer stands after it."""
    assert without_lead(text) == answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Right. Put the kettle on first. So work has offered me voluntary redundancy, answer by May",
            "So work has offered me voluntary redundancy, answer by May",
        ),
        ("I am tired. I want to know how I start", "I want to know how I start"),
        ("my boss\nand his boss", "my boss\nand his boss"),
    ],
)
def test_the_sentence_that_matters_stands_for_the_others(text: str, sentence: str) -> None:
    """What is wanted, or a long one; short bursts stay together."""
    assert main_sentence(text) == sentence
