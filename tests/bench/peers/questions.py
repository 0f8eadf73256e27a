"""The twelve questions that both peers ask, with the same buttons. Knows no framework."""

CONTROLS = ("‹ Back", "Skip", "Not sure", "Pause")
GOODBYE = "Thank you. That was a good piece of work: keep your next step where you can see it."
QUESTIONS = (
    ("What would you like to bring to this conversation today?", ()),
    ("If it went really well, what would be different afterwards?", ()),
    ("How much does this matter to you just now?", ("A lot", "Somewhat", "A little")),
    ("What is happening at the moment that makes this a topic for you?", ()),
    ("What have you tried so far, and what came of it?", ()),
    ("Where do you stand on the way there, from 1 to 10?", ("6", "7", "8", "9")),
    ("What could you do? Name whatever comes to mind, sensible or not.", ()),
    ("What would you advise a good friend in your place?", ()),
    ("Which of these draws you most?", ("The first", "The second", "Another one")),
    ("What exactly will you do, and when will you begin?", ()),
    ("What could get in the way, and what will you do then?", ()),
    ("How sure are you that you will do it?", ("Very sure", "Fairly sure", "Not yet")),
)


def question_text(step: int) -> str:
    """Word a question with its number in front, by which the virtual people check the order."""
    return f"{step + 1}/{len(QUESTIONS)} {QUESTIONS[step][0]}"


def button_rows(step: int) -> list[list[tuple[str, str]]]:
    """Lay out label and callback data: the answers of the step, if it has any, then the controls."""
    answers = [(label, f"answer:{step}:{place}") for place, label in enumerate(QUESTIONS[step][1])]
    controls = [(label, f"control:{step}:{place}") for place, label in enumerate(CONTROLS)]
    return [answers, controls] if answers else [controls]
