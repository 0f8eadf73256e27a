"""What of the source goes into the file of places."""

import pytest

from bot.places.build import _useful
from bot.places.folding import folded

GHAZNI = {"countrycode": "AF", "population": 141_000}
LONDON = {"countrycode": "GB", "population": 8_900_000}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("St. John’s", "saint johns"),
        ("L'Aquila", "laquila"),
        ("Tel-Aviv", "tel aviv"),
        ("Straße", "strasse"),
        ("Ürümqi", "urumqi"),
        ("Йошкар-Ола", "иошкар ола"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("İstanbul", "istanbul"),
        ("東京", "東京"),
        ("", ""),
    ],
)
def test_folded_gives_one_spelling(name: str, key: str) -> None:
    """Accents, case and punctuation do not matter."""
    assert folded(name) == key


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ghaznī", True),
        ("غزنة", True),
        ("Газни", False),
        ("ghaznt", False),
        ("GZI", False),
        ("ガズニー", False),
        ("42", False),
    ],
)
def test_useful_names_are_those_people_type(name: str, kept: bool) -> None:
    """Latin and native spellings stay; codes and transliterations go."""
    assert _useful(name, GHAZNI) is kept


def test_useful_names_of_large_cities_come_in_every_script() -> None:
    """The largest are known everywhere, and by their letters."""
    assert _useful("Лондон", LONDON)
    assert _useful("LON", LONDON)
