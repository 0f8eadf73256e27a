"""The catalogue of what dialogues may save: a closed list of what each field is and where it goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a dialogue may save.

    ``kind`` is text, number, list, moment, choice, plan (cue and response) or places.
    ``table`` is where it is kept besides the answer itself: ``answer`` (only there), ``person``,
    ``score`` or ``session`` (never leaves the sealed session). ``fact`` makes the last value
    quotable in later sessions as ``last_<name>``.
    """

    name: str
    kind: str
    table: str = "answer"
    sensitive: bool = False
    exported: bool = True
    fact: bool = False


def _catalogue(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


FIELDS = _catalogue(
    # about the person
    Field("name", "text", "person"),
    Field("need", "choice", "person"),
    Field("country", "text", "person"),
    Field("wishes", "text", "person", sensitive=True),
    Field("hope", "text", "person", fact=True),
    Field("consent_remember", "choice", "session"),
    Field("consent_remind", "choice", "session"),
    Field("quiet_from", "number", "person"),
    Field("quiet_until", "number", "person"),
    Field("zone", "text", "person"),
    Field("first_choice", "choice", "session"),
    # finding the clock; coordinates never come here
    Field("places", "places", "session", exported=False),
    Field("zone_found", "text", "session", exported=False),
    Field("clock_time", "number", "session", exported=False),
    Field("clock_at", "number", "session", exported=False),
    # the three numbers of the welcome, asked again later
    Field("clarity", "number", "score"),
    Field("self_confidence", "number", "score"),
    Field("satisfaction", "number", "score", sensitive=True),
    # a GROW session
    Field("mode", "choice", "session"),
    Field("starts_with", "choice", "session"),
    Field("topic", "text", fact=True),
    Field("goal", "text"),
    Field("success", "text"),
    Field("importance", "number", "score"),
    Field("reason", "text"),
    Field("facts", "text", sensitive=True),
    Field("tried", "text"),
    Field("resource", "text"),
    Field("own_part", "text"),
    Field("options", "list"),
    Field("criterion", "text"),
    Field("chosen", "text"),
    Field("later", "list"),
    Field("written", "text"),
    Field("achieved", "choice"),
    Field("still_open", "text", fact=True),
    Field("takeaway", "text", fact=True),
    Field("usefulness", "number", "score"),
    Field("session_wish", "text"),
    Field("told", "text", sensitive=True),  # said beside the questions
    # a step
    Field("action", "text", fact=True),
    Field("due", "moment"),
    Field("confidence", "number"),
    Field("obstacle", "text", fact=True),
    Field("if_then", "plan"),
    Field("support", "text"),
    Field("reminder", "choice", "session"),
    Field("remind_at", "number", "session"),
    Field("remind_in_quiet", "choice", "session"),
    # looking back at a step
    Field("planned", "moment", "session"),
    Field("was_sure", "number", "session"),
    Field("outcome", "choice"),
    Field("learning", "text", fact=True),
    Field("strength", "text"),
    Field("part_done", "text"),
    Field("came_up", "text", sensitive=True),
    Field("plan_outcome", "choice"),
    Field("same_view", "text"),
    Field("taught", "text"),
    Field("about_step", "text"),
    Field("lesson", "text", "session", exported=False),
    Field("resonance", "number"),
    Field("decision", "choice"),
    Field("freed", "text"),
    Field("different", "text"),
    Field("onward", "choice"),
    Field("still_ahead", "choice"),
    Field("smallest", "text"),
    Field("picked", "text", "session", exported=False),
    Field("page", "number", "session", exported=False),
    Field("pieces", "list"),
    Field("pattern", "text", "session", exported=False),
    Field("pattern_view", "text"),
    Field("review_notes", "text", "session", exported=False),
    Field("moved_on", "text"),
    # a number from 1 to 10 and what is behind it; a rating belongs to the scale named by ``scale``
    Field("scale", "choice", "session"),
    Field("own_scale", "text"),
    Field("began", "number", "session", exported=False),
    Field("rating", "number", "score"),
    Field("supports", "text"),
    Field("delta_note", "text"),
    Field("next_scale", "choice", "session"),
    Field("plus_one", "text"),
    Field("enough", "number"),
    # leaving and coming back
    Field("resume_at", "choice", "session", exported=False),
    Field("paused_pick", "text", "session", exported=False),
    # when Cairn may write first
    Field("review_day", "number", "session", exported=False),
    Field("review_time", "number", "session", exported=False),
    Field("review_rate", "choice", "session", exported=False),
    Field("checkin_rate", "choice", "session", exported=False),
    Field("weekend_wish", "choice", "session", exported=False),
    Field("most_wish", "choice", "session", exported=False),
    Field("sound_wish", "choice", "session", exported=False),
    Field("tone_wish", "choice", "session", exported=False),
    Field("first_message", "moment", "session", exported=False),
    Field("rests_until", "moment", "session", exported=False),
    Field("again_on", "moment", "session", exported=False),
)
