"""A person's words are nowhere in the files, and do not open where they do not belong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import actions, answers, outbox, people, sessions, set_asides, wakes
from storage.connection import Database, Transaction
from storage.errors import PersonKeyMissing, Tampered
from storage.sealing import Cipher
from storage.tables import METADATA, Sealed
from storage.texts import packed, packed_json, unpacked_json
from tests.storage.cast import BOT, NOW, People, make_people

CANARY = "kanarienvogel"


def say_everything(tx: Transaction, cast: People) -> None:
    """Put the canary into every place that takes a person's words."""
    alice, session = cast.alice.id, cast.alice_session
    people.set_person(tx, alice, name=CANARY, wishes=CANARY, hope=CANARY, facts={"goal": CANARY})
    sessions.save_session(tx, session, alice, CANARY.encode(), NOW, topic=CANARY)
    answers.remember_answer(
        tx, alice, session, ask=1, step="goal", field="goal", raw=CANARY, value=[CANARY], at_ms=NOW
    )
    texts = dict.fromkeys(actions.SEALED[1:], CANARY)
    actions.keep_action(tx, alice, session, "main", words=CANARY, at_ms=NOW, **texts)
    wakes.plan_wake(
        tx,
        alice,
        name="main",
        rule="action",
        day=dt.date(2026, 1, 1),
        minutes=0,
        zone="UTC",
        due_at=NOW,
        at_ms=NOW,
        session=session,
        payload=CANARY,
    )
    outbox.queue(tx, [outbox.OutRow(alice, 1, "reply", "sendMessage", CANARY.encode())], NOW)
    for person in (alice, None):
        set_asides.set_aside(tx, BOT, 1, raw=CANARY.encode(), reason="ValueError", at_ms=NOW, person=person)


def test_no_word_of_a_person_lies_in_the_files(
    sqlite_url: str, opened: Callable[[str], Database], tmp_path: Path
) -> None:
    """Neither database, log nor keys hold the canary, before and after the log is folded in."""
    database = opened(sqlite_url)
    with database.transaction() as tx:
        cast = _cast(tx)
        say_everything(tx, cast)
    found = [path.name for path in (tmp_path / "data").iterdir() if CANARY.encode() in path.read_bytes()]
    database.tidy()
    found += [path.name for path in (tmp_path / "data").iterdir() if CANARY.encode() in path.read_bytes()]

    assert found == []


def test_every_place_for_words_was_tried(tx: Transaction, people: People) -> None:
    """Each sealed column holds something after the canary was put everywhere; goals are not written yet."""
    say_everything(tx, people)
    empty = [
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
        and table.name != "goal"
        and not _filled(tx, table.name, column.name)
    ]

    assert empty == []


def test_a_ciphertext_moved_to_another_row_is_refused(tx: Transaction, people: People) -> None:
    """Bob's session under Alice's, or a name in the place of a wish, does not open."""
    _run(
        tx,
        "UPDATE session SET state = (SELECT state FROM session WHERE id = ?) WHERE id = ?",
        people.bob_session,
        people.alice_session,
    )

    with pytest.raises(Tampered, match=r"session\.state"):
        sessions.open_session_of(tx, people.alice.id)


def test_a_ciphertext_moved_to_another_column_is_refused(tx: Transaction, people: People) -> None:
    """First name and name are different places of the same row."""
    _run(tx, "UPDATE person SET name = first_name WHERE id = ?", people.alice.id)

    with pytest.raises(Tampered, match=r"person\.name"):
        _find(tx)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x02" + bytes(40), b"\x01" + bytes(40)])
def test_broken_ciphertexts_are_refused(broken: bytes) -> None:
    """Too short, of another format, or changed."""
    with pytest.raises(Tampered):
        Cipher(bytes(32)).open(broken, "a|b|c|d")


def test_equal_words_are_sealed_differently() -> None:
    """Nobody can see that two answers are the same."""
    cipher = Cipher(bytes(32))

    assert cipher.seal(b"yes", "a") != cipher.seal(b"yes", "a")


def test_a_sealed_column_refuses_plain_text() -> None:
    """Whoever forgets to seal is told so."""
    with pytest.raises(TypeError, match="seal it first"):
        Sealed().process_bind_param("plain", None)  # type: ignore[arg-type]


def test_a_missing_key_is_not_taken_for_an_erasure(tx: Transaction, people: People) -> None:
    """An older keys file must not delete anybody: the rows stay, and the error says what happened."""
    schema = "main" if tx.dialect == "sqlite" else "cairn_keys"
    tx.keys.forget_ready()
    tx.keys.link.driver.execute(f"DELETE FROM {schema}.person_key WHERE person <> 'system'")  # noqa: S608

    with pytest.raises(PersonKeyMissing):
        _find(tx)
    assert tx.driver.execute("SELECT count(*) FROM person").fetchone()[0] == 2


def test_an_erasure_cut_short_is_finished_when_the_person_is_looked_for(
    tx: Transaction, people: People
) -> None:
    """The key went, the rows stayed: nothing readable is left, and the rows go now."""
    tx.keys.erase(people.alice.id, NOW)

    assert _find(tx) is None
    assert tx.driver.execute("SELECT count(*) FROM person").fetchone()[0] == 1


ODD = st.text(st.characters(codec=None, categories=["Cs", "Cc", "Lu", "Mn", "So", "Cf"]))


@given(ODD)
def test_odd_text_is_stored_as_received(text: str) -> None:
    """Only NUL and lone surrogates change; a pair of surrogates is the character it stands for."""
    joined = re.sub("[\ud800-\udbff][\udc00-\udfff]", _pair, text)
    expected = re.sub("[\0\ud800-\udfff]", "�", joined)

    assert packed(text).decode() == expected
    assert unpacked_json(packed_json({"words": [text]})) == {"words": [expected]}


def test_odd_text_survives_the_database(tx: Transaction, people: People) -> None:
    """What was received comes back from either database."""
    text = "a\0b\ud800c 👩‍👩‍👧 \u202e \\u0000 é"
    row_id = answers.remember_answer(
        tx, people.alice.id, people.alice_session, ask=1, step="s", field="f", raw=text, value=text, at_ms=NOW
    )
    found = answers.answers_of(tx, people.alice.id)[0]

    assert found.id == row_id
    assert found.raw == found.value == "a�b�c 👩‍👩‍👧 \u202e \\u0000 é"


def _pair(found: re.Match[str]) -> str:
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _cast(tx: Transaction) -> People:
    return make_people(tx)


def _find(tx: Transaction) -> people.PersonRow | None:
    return people.find_person(tx, BOT, 1)


def _filled(tx: Transaction, table: str, column: str) -> bool:
    found = tx.driver.execute(f"SELECT count({column}) FROM {table}").fetchone()[0]  # noqa: S608
    return bool(found)


def _run(tx: Transaction, sql: str, *values: str) -> None:
    tx.driver.execute(sql if tx.dialect == "sqlite" else sql.replace("?", "%s"), values)
