"""How soon and how often: 20 hours from one message to the next, one a day, so many in seven days."""

from __future__ import annotations

import datetime as dt

from flows.rhythm import known_zone
from flows.values import Contact, Person, replace
from flows.wall_clock import instant, moment_at

APART = dt.timedelta(hours=20)
A_WEEK = dt.timedelta(days=7)


def allowed_at(person: Person, now: dt.datetime) -> dt.datetime:
    """When the next message may come: 20 hours after the newest, one a day, so many in seven days."""
    contact = settled(person.contact, now)
    until = now
    if contact.last is not None:
        until = max(until, _time(contact.last.at) + APART)
    if contact.sent:
        zone = known_zone(person)
        latest = moment_at(_time(contact.sent[-1]), zone)
        until = max(until, instant(replace(latest, day=latest.day + dt.timedelta(days=1), minutes=0), zone))
        most = max(person.rhythm.most, 1)
        if len(contact.sent) >= most:
            until = max(until, _time(contact.sent[-most]) + A_WEEK)
    return until


def settled(contact: Contact, now: dt.datetime) -> Contact:
    """The contact with no time in it after now: a clock that was set back must silence nobody for long."""
    limit = int(now.timestamp() * 1000)
    last = contact.last
    if last is not None and last.at > limit:
        last = replace(last, at=limit)
    return replace(contact, sent=tuple(min(at, limit) for at in contact.sent), last=last)


def _time(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC)
