"""Names out of the sentences people put around them."""

from __future__ import annotations

import pytest

from flows.reading.names import read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Theo", "Theo"),
        ("theo", "theo"),
        ("Hi! My name is Theo, nice to meet you.", "Theo"),
        ("hey, I'm Uma", "Uma"),
        ("call me Dr. Strange", "Dr. Strange"),
        ("Anna Lena", "Anna Lena"),
        ("you can call me Jo", "Jo"),
        ("hi, my sister said i should try this.", ""),
        ("why do you want to know that about me", ""),
        ("who are you?", ""),
        ("", ""),
    ],
)
def test_a_name_is_told_from_its_sentence(text: str, name: str) -> None:
    """What cannot be a name gives none, and is asked again."""
    assert read_name(text) == name
