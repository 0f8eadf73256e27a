"""What may be quoted back in a question, and what may not."""

import pytest

from flows.reading.quotes import is_quotable


@pytest.mark.parametrize(
    "text",
    ["my boss cuts me off", "pay", "HR", "20% more by April", "ask Tom", "Zeit für mich", "仕事が多い"],
)
def test_words_that_say_something_are_quoted(text: str) -> None:
    """Short ones too, in any script."""
    assert is_quotable(text)


@pytest.mark.parametrize(
    "text",
    ["", "…", "👍", "7", "idk", "IDK", "ok", "hmm", "nothing", "whatever.", "see above", "?"],
)
def test_junk_is_not_quoted(text: str) -> None:
    """“ok”: what would be the sign that you have it? Nobody talks like that."""
    assert not is_quotable(text)
