"""Everything that is kept about a person, as a file they can read and take elsewhere (JSON)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson

from flows.values import as_json
from storage import actions, answers, people, scores, sessions, wakes
from storage.database import Transaction

ALL = 100_000


def export_of(tx: Transaction, person: str) -> bytes:
    """The file's content; an empty record if the person is gone."""
    row = people.person_by_id(tx, person)
    if row is None:
        return b"{}"
    about = {
        "name": row.name,
        "first_name_at_telegram": row.first_name,
        "language": row.language,
        "time_zone": row.zone,
        "country": row.country,
        "quiet_hours": [row.quiet_from, row.quiet_until],
        "need": row.need,
        "wishes": row.wishes,
        "hope": row.hope,
        "rhythm": orjson.loads(as_json(row.rhythm)),
        "messages_sent_unasked": orjson.loads(as_json(row.contact)),
        "consents": row.consents,
        "sessions": row.sessions,
        "to_quote": row.facts,
        "since": _time(row.created_at),
    }
    record = {
        "about_you": about,
        "answers": [_answer(answer) for answer in answers.answers_of(tx, person)],
        "steps": [_action(tx, person, action) for action in actions.actions_of(tx, person)],
        "messages_planned": [_wake(wake) for wake in wakes.wakes_of(tx, person)],
        "numbers": [
            {"scale": point.scale, "value": point.value, "at": point.at.isoformat(timespec="seconds")}
            for point in scores.newest_points(tx, person, ALL)
        ],
        "paused_talks": [
            {"dialogue": rest.dialogue, "where": rest.where, "topic": rest.topic}
            for rest in sessions.paused_sessions(tx, person)
        ],
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2)


def _answer(answer: answers.AnswerRow) -> dict[str, Any]:
    return {
        "at": _time(answer.at),
        "question": answer.step,
        "about": answer.field,
        "you_wrote": answer.raw,
        "understood_as": answer.value,
        "skipped": answer.skipped,
        "replaced_at": _time(answer.superseded_at),
    }


def _action(tx: Transaction, person: str, action: actions.ActionRow) -> dict[str, Any]:
    return {
        "step": action.words,
        "day": action.due_day,
        "minutes": action.due_minutes,
        "moment": action.due_words,
        "zone": action.zone,
        "confidence": action.confidence,
        "obstacle": action.obstacle,
        "if": action.cue,
        "then": action.response,
        "smallest": action.smallest,
        "support": action.support,
        "why": action.why,
        "status": action.status,
        "history": [
            {"at": _time(event.at), "what": event.kind, "detail": event.detail}
            for event in actions.events_of(tx, person, action.id)
        ],
    }


def _wake(wake: wakes.WakeRow) -> dict[str, Any]:
    return {"at": _time(wake.due_at), "what": wake.rule, "state": wake.state}


def _time(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).isoformat(timespec="seconds")
