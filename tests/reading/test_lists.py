"""Lists as people type them in one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.lists import read_items

LISTS = {
    "a, b, c": ("a", "b", "c"),
    "a; b; c": ("a", "b", "c"),
    "a, b; c": ("a, b", "c"),
    "a\nb\n\nc": ("a", "b", "c"),
    "1) a 2) b": ("a", "b"),
    "1. call Ann 2. write Bob 3. rest": ("call Ann", "write Bob", "rest"),
    "1.Call\n2.Write": ("Call", "Write"),
    "(1) one (2) two": ("one", "two"),
    "a) x b) y c) z": ("x", "y", "z"),
    "- a\n- b": ("a", "b"),
    "* a\n* b, still b": ("a", "b, still b"),
    "• one • two": ("one", "two"),
    "– a\n— b": ("a", "b"),
    "✅ a\n✅ b": ("a", "b"),
    "my plan: 1. x 2. y": ("x", "y"),
    "1. write, then rest\n2. sleep": ("write, then rest", "sleep"),
    "talk to Ann and Bob": ("talk to Ann and Bob",),
    "call Ann and write Bob": ("call Ann", "write Bob"),
    "Call Ann, write Bob and update my CV": ("Call Ann", "write Bob", "update my CV"),
    "I'll call Ann and I'll write to Bob": ("I'll call Ann", "I'll write to Bob"),
    "networking more and writing daily": ("networking more", "writing daily"),
    "write and send the mail": ("write and send the mail",),
    "research, apply, and interview": ("research", "apply", "interview"),
    "pros and cons": ("pros and cons",),
    "more money and less stress": ("more money and less stress",),
    "If it rains, I stay home": ("If it rains, I stay home",),
    "Honestly, I don't know": ("Honestly, I don't know",),
    "call Ann, my manager, tomorrow": ("call Ann, my manager, tomorrow",),
    "Give Omar access. 5 minutes, tomorrow at 9.": ("Give Omar access. 5 minutes, tomorrow at 9",),
    "talk to peers (Ann, Bob), read": ("talk to peers (Ann, Bob)", "read"),
    "save 1,000 euros, sleep 7,5 hours": ("save 1,000 euros", "sleep 7,5 hours"),
    "Ring them, from the car. Ask Derek, who went last year. See if Priya would do three days. Stay put.": (
        "Ring them, from the car",
        "Ask Derek, who went last year",
        "See if Priya would do three days",
        "Stay put",
    ),
    "3 calls a week, 2 mails": ("3 calls a week", "2 mails"),
    "Python, SQL, leading people": ("Python", "SQL", "leading people"),
    "ask Zoë & email Łukasz": ("ask Zoë", "email Łukasz"),
    "ask Zoë now & email Łukasz": ("ask Zoë now", "email Łukasz"),
    "ask Gareth to speak up, he's got nothing to lose": ("ask Gareth to speak up",),
    "just let Lisa have the suppliers, she's ready": ("just let Lisa have the suppliers",),
    "go part time, which I've wanted since summer if I'm honest": ("go part time",),
    "retire with Gareth, make it a double party": ("retire with Gareth, make it a double party",),
    "say it, ask Sian to say it with me, leave it and let them find out": (
        "say it",
        "ask Sian to say it with me",
        "leave it and let them find out",
    ),
    "the auditors actually, I could ask the auditors": ("I could ask the auditors",),
    "ask Mick, ha, quit lol": ("ask Mick", "quit"),
    "say no. talk to Ray": ("say no", "talk to Ray"),
    "ask Ray or call my cousin": ("ask Ray", "call my cousin"),
    "apply, dont apply, ask my cousin i guess": ("apply", "dont apply", "ask my cousin"),
    "text him Thursday, swap with Mick, say it to his face": (
        "text him Thursday",
        "swap with Mick",
        "say it to his face",
    ),
    "один, два": ("один", "два"),
    "one item": ("one item",),
    "": (),
    "👍": (),
    ", ,\n-\n": (),
}


@pytest.mark.parametrize(("text", "items"), LISTS.items())
def test_read_items_splits_where_the_person_did(text: str, items: tuple[str, ...]) -> None:
    """Lines, marks and commas split; words stay as written."""
    assert read_items(text) == items


@given(st.text(st.characters(), max_size=400))
def test_read_items_are_pieces_of_the_text(text: str) -> None:
    """Every item is a piece of what was typed, in order, and none is empty."""
    at = 0
    for item in read_items(text):
        assert item.strip()
        at = text.index(item, at) + len(item)
