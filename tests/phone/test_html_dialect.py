"""Telegram's HTML, with its errors at byte offsets and its entities in UTF-16 units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phone.errors import RefusedError
from bot.phone.html import read
from bot.phone.html_writer import write

MALFORMED = {
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "x <3": "Unclosed start tag at byte offset 2",
    "<br>": 'Unsupported start tag "br" at byte offset 0',
    "é<p>x</p>": 'Unsupported start tag "p" at byte offset 2',
    "😀</b>": "Unexpected end tag at byte offset 4",
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<b>é<i>x</b></i>": 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    "<b ='1'>x</b>": 'Empty attribute name in the tag "b" at byte offset 0',
    "<a href=x_y>x</a>": "Unexpected end of name token at byte offset 8",
    "<a href='x": "Unclosed start tag at byte offset 0",
    "<span class='x'>a</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<tg-emoji>x</tg-emoji>": "Invalid custom emoji identifier specified",
}
WELL_FORMED = {
    "a > b & c": ("a > b & c", []),
    "&lt5 &amp; &nbsp; &apos; &#39;&#x2014;": ("<5 & &nbsp; &apos; '—", []),
    "<b>😀</b>!": ("😀!", [("bold", 0, 2)]),
    "<B>x</b>": ("x", [("bold", 0, 1)]),
    "<b><i>x</i>y</b>": ("xy", [("bold", 0, 2), ("italic", 0, 1)]),
    "<b></b>x": ("x", []),
    "<code>a<b>b</b></code>": ("ab", [("code", 0, 2)]),
    "<pre><code class='language-py'>x</code></pre>": ("x", [("pre", 0, 1)]),
    "<blockquote expandable>q</blockquote>": ("q", [("expandable_blockquote", 0, 1)]),
    "<span class='tg-spoiler'>s</span>": ("s", [("spoiler", 0, 1)]),
    "<a href='not a link'>x</a>": ("x", []),
    "<a href='https://example.org/?a&amp;b'>x</a>": ("x", [("text_link", 0, 1)]),
    "<tg-time unix='5' format='wDt'>then</tg-time>": ("then", [("date_time", 0, 4)]),
}


@pytest.mark.parametrize(("source", "words"), MALFORMED.items())
def test_malformed_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    """The error names the place in bytes."""
    with pytest.raises(RefusedError) as refused:
        read(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(("source", "expected"), WELL_FORMED.items())
def test_well_formed_html_becomes_text_and_entities(
    source: str, expected: tuple[str, list[tuple[str, int, int]]]
) -> None:
    """The entities count UTF-16 units."""
    text, entities = read(source)

    assert (text, [(each["type"], each["offset"], each["length"]) for each in entities]) == expected


def test_a_language_of_code_belongs_to_the_pre_around_it() -> None:
    """A pre takes the language; what is read can be written and read again."""
    text, entities = read('<pre><code class="language-py">x</code></pre>')

    assert entities[0]["language"] == "py"
    assert read(write(text, entities))[0] == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_survives_writing_and_reading(text: str) -> None:
    """Escaping and parsing are each other's inverse."""
    assert read(write(text, []))[0] == text


@given(st.text(alphabet="<>/ab=\"' &;#ie\n"))
def test_no_source_breaks_the_reader(source: str) -> None:
    """Whatever comes in, the answer is a text or a refusal."""
    try:
        read(source)
    except RefusedError as refused:
        assert refused.description.startswith("Bad Request: can't parse entities: ")
