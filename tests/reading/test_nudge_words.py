"""Typed answers to a message that came unasked: whole messages count, pieces of other sentences do not."""

import pytest

from flows.reading.nudge_words import read_nudge_reply

SAID = {
    "done": """done|did it|I did it!|Yes I did|yes, done|it's done|finished|sent it|I've sent it already|
        all done thanks|just did it|got it done|ok done|Managed it yesterday|✅|👍|i did it this morning""",
    "not_yet": """not yet|Not yet, sorry|no time|I had no time this week|haven't done it yet|I forgot|
        didn't happen|no, not yet|too busy|i didnt get to it|nope|not really""",
    "partly": """partly|half|half of it|I started|almost done|some of it|working on it|
        halfway|more or less""",
    "irrelevant": """no longer relevant|not relevant|drop it|let it go|forget it|
        it doesn't matter any more""",
    "2h": "in two hours|in 2 hours|later today",
    "tonight": "tonight|this evening|ask me tonight",
    "tomorrow": "tomorrow|ask me tomorrow|tomorrow please|remind me tomorrow",
    "week": "next week|ask me next week",
    "later": "later|not now|maybe later|snooze|I'm busy",
    "off": "stop|Stop writing to me|unsubscribe|turn it off|no more reminders",
    "often": "less often|too many messages|too often",
    "start": "start|let's go|ok start",
    "moved": """moved to friday|I moved it to next tuesday|moved it to 3 June|postponed to monday at 9|
        I'll do it on thursday|shifted it to next week""",
    "": """I'm done with this job|done is better than perfect|I did it because my boss asked|
        half my team left|
        not yet sure what I want|no time for myself these days|I want to stop smoking|tomorrow I meet my boss|
        I sent my CV and heard nothing|later I realised that it was me|my boss said not now|
        I started a new project and it scares me|the done list|finished university in 2010|
        I forgot how it feels to like my work|should I move to Berlin|on fire|
        stop the world I want to get off|
        less often than I would like do I see my kids|let it go is a song|he did it again|what is done|
        half a year ago I got a new boss and since then nothing works|😀|hello|7|I can't go on""",
}
CASES = [(text.strip(), said) for said, block in SAID.items() for text in block.split("|")]


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text for text, _ in CASES])
def test_reply_is_read(text: str, said: str) -> None:
    """An answer is an answer, and a story is none."""
    assert read_nudge_reply(" ".join(text.split())) == said
