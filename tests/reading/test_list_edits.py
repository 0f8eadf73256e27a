"""Ideas that are taken out of a list again, and words that only look like that."""

import pytest

from flows.reading.list_edits import taken_apart, taken_out

ITEMS = ("ask Ray for Friday", "make it a party", "leave")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("no, take that off the list", (2,)),
        ("take out 2", (1,)),
        ("remove 1 and 3 please", (0, 2)),
        ("delete the second one", (1,)),
        ("take the party off the list", (1,)),
        ("no the party isn't one of them", (1,)),
        ("that's no that is not an idea", ()),
        ("take Friday off", (0,)),
        ("drop the course", ()),
        ("remove myself from the rota", ()),
        ("take out 9", ()),
        ("ask my wife", ()),
    ],
)
def test_what_is_taken_out(text: str, gone: tuple[int, ...]) -> None:
    """By number, by its words or the last one; an idea of its own takes nothing out."""
    assert taken_out(text, ITEMS) == gone


def test_one_item_may_have_been_several() -> None:
    """Said afterwards, the item is split wherever it can be."""
    parts = ("my boss", "HR", "the union")

    assert taken_apart("those were three actually", "my boss, HR and the union") == parts
    assert taken_apart("ask three people", "my boss, HR") == ()
