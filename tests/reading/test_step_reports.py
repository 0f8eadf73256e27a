"""How a step went, told in a person's own words: what is read, what is kept of it, what is left alone."""

import pytest

from flows.reading.step_reports import Report, may_be_about_it, read_report

GARY = "tell gary two weekends a month"
LAILA = "i will text her"
CV = "only the last two jobs, the warehouse here and the one before in Wroclaw"
JESS = "Say one thing in the first ten minutes of the Monday meeting, doesn't matter what"
HELEN = "send Helen an invite for thirty minutes, to understand the October feedback better"
DANA = "call Dana"
RUN = "go for a run before work"
REPORT = "finish the first draft of the report"
RAISE = "ask my boss for a raise"
CVS = "send my cv to the agency"
MUM = "book the dentist for tuesday"
PITCH = "practise the pitch out loud"
HR = "speak to HR about the transfer"

REPORTS = {
    ("done", LAILA): """
        just sent it!! she said yes|texted her this morning|i did it, i texted her|
        messaged her, waiting to hear|text sent|shes not replied yet but i sent it|i texted laila!!!|
        did it!! im shaking lol
    """,
    ("done", GARY): """
        spoke to him, he'll look at it|told him. he wasnt happy|told gary two a month. he said he'd think|
        had the chat with gary|did it yesterday, was fine|had a word with gary, two a month sorted|
        said it to him straight
    """,
    ("done", DANA): """
        rang dana, she's up for it|phoned her at lunch. meeting on friday
    """,
    ("done", RAISE): """
        yes!! asked him and he said he'd see|asked. he laughed|it went better than i thought|
        went ok actually|asked her, got a maybe|i asked my boss and he said next quarter|
        went really well thanks
    """,
    ("done", RUN): """
        went for a run!|ran 3k before work|ran!
    """,
    ("done", HELEN): """
        invite sent|sent helen the invite, she accepted already|i sent it as it was after two reads|
        Sent. She accepted within the hour.
    """,
    ("done", REPORT): """
        finished the draft|draft done|first draft finished at midnight|handed it in
    """,
    ("done", JESS): """
        said it in the meeting|spoke up in the meeting!!
    """,
    ("done", CVS): """
        cv sent!|sent it off at lunch|sent the cv, fingers crossed
    """,
    ("done", MUM): """
        booked!! tuesday 3pm|dentist booked
    """,
    ("done", PITCH): """
        practised twice!|practised in the car
    """,
    ("done", HR): """
        spoke to hr this morning|emailed hr|asked them, they'll let me know|i did speak to them|
        had the meeting, went well|spoken to them, sorted|done. feels weird|yes! did it!|just done it|
        it's done and she was nice about it
    """,
    ("partly", REPORT): """
        got halfway then the kids woke up|half done, rest tomorrow|did the first bit|made a start on it|
        wrote half of it|still working on it
    """,
    ("partly", CVS): """
        half written|made a start
    """,
    ("partly", PITCH): """
        got through half of it
    """,
    ("not_yet", GARY): """
        no. bottled it|chickened out|nah mate couldnt get him alone|gary was on holiday
    """,
    ("not_yet", LAILA): """
        havent yet. ive written it 3 times and deleted it|couldn't face it
    """,
    ("not_yet", CV): """
        couldnt, covered jonas shift
    """,
    ("not_yet", DANA): """
        tried calling but it went to voicemail|she wasnt in today|forgot, sorry
    """,
    ("not_yet", RUN): """
        overslept|didn't run, it was pouring|too tired|nope forgot|slept in again
    """,
    ("not_yet", RAISE): """
        lost my nerve|didnt have the guts to ask|haven't asked him yet|i put it off again|
        no, he was off sick|boss is on leave til monday|didnt dare
    """,
    ("not_yet", REPORT): """
        never got round to it|didn't get a chance|something came up|got pulled into a call|
        still havent done it lol|ran out of time|spent the day firefighting, didnt touch it
    """,
    ("not_yet", HELEN): """
        rewrote it six times, not sent|Helen is on leave
    """,
    ("not_yet", JESS): """
        said nothing again
    """,
    ("not_yet", CVS): """
        havent sent it, printer died|nearly sent it then panicked|not sent yet sorry|
        I did not make it, child was sick
    """,
    ("not_yet", MUM): """
        keep putting it off
    """,
    ("not_yet", PITCH): """
        couldn't bring myself to do it
    """,
    ("not_yet", HR): """
        didn't go|i chickened out again mate|forgot about it completely|ran out of time today, sorry|
        bottled it yet again|i froze|Not done. Manager was in all day
    """,
    ("later", GARY): """
        line down cant now|no chance today
    """,
    ("later", DANA): """
        in a meeting|driving|busy with the kids|will do it after lunch|can't talk now, at work|
        not now mate|not a good time sorry|not yet, will do it later
    """,
    ("later", REPORT): """
        swamped today sorry|give me till 5
    """,
    ("later", LAILA): """
        cant rn on the ward|on nights, will do it when im up
    """,
    ("later", MUM): """
        im driving cant talk|later pls
    """,
    ("later", HR): """
        cant today, double shift
    """,
    ("on_it", LAILA): """
        on it now|sending it now|about to|here goes|writing it as we speak
    """,
    ("on_it", JESS): """
        eek going in in 15 mins, told Jess 😬
    """,
    ("on_it", CV): """
        ok I start now, coffee first
    """,
    ("on_it", RAISE): """
        walking to his office now|going in at 3, wish me luck
    """,
    ("on_it", PITCH): """
        about to start|doing it now in the loo lol
    """,
}

# Near misses: about others, about something else, asked or merely alike.
OTHERS = {
    HELEN: """
        I sent my CV to the wrong person, can we talk about that|told my wife i hate it here|
        Helen moved our meeting to next thursday|the email from hr said we're all out|
        helen said i need to be more strategic|marcus got the role|passed over again|
        i wonder if i should quit|never felt so small|she sent me a horrible email
    """,
    GARY: """
        i told you already|done with this job|worked all weekend again|she texted me about the rota|
        i'm done|he bottled it not me|what should i say to him?|can we do a talk|
        i want to work on something else|saw gary today|everyone was told on friday|
        did you read what i wrote|did i say that|i thought about gary all night|had a weird day|
        busy is what they call it, i call it chaos|you never listen|they want two weekends a month now|
        told off again at work|gary told me to get lost|weekends are killing me|i said no to the new job|
        got asked to train the new guy|whats the point|moved house|thinking of leaving|
        my mate got the job i wanted|put my notice in
    """,
    REPORT: """
        half my team left|i can't do this job anymore|i never wanted this career|i haven't slept in days|
        started a new job today|they cancelled the whole project|
        my report got torn apart in front of everyone|report season is hell|finished with my girlfriend|
        the client hated my report|half of me wants to leave|most days i feel useless|
        some people never say thanks|tried everything, still hate it|i tried to kill time at work|
        made redundant today
    """,
    DANA: """
        I asked for a transfer last year and never heard back|i didn't get the job|
        nobody told me about the restructure|got a new offer!|dana got promoted over me|
        failed my driving test|forgot how it feels to like my work|
        asked about the rota and got ignored by gary's boss mark|had a fight with dana|
        dana is leaving the company|i was called into hr|got called in for an interview!|called in sick
    """,
    RAISE: """
        my boss told me i'm too slow|he told me no|i was asked to lead the team|
        the meeting was cancelled so i feel lost|new boss starts tomorrow|i was going to quit today|
        my boss asked me to work sunday|my boss got fired|got a raise!|they offered me a new contract|
        raised in a family of nurses|read an article about pay
    """,
    RUN: """
        can't sleep|my mum is ill|went to the pub|signed off sick for two weeks|
        the doctor told me to rest|took the day off
    """,
    CV: """
        sent home early again|did a course on excel in spring|finished university in 2010|
        they said my post is going|cant stand this place|couldnt believe what she said|didnt sleep a wink|
        i haven't got a clue what i want|i don't know anymore|
        my contract was signed over to another agency
    """,
    JESS: """
        jess told dan my idea and he loved it|im so fed up with monday meetings|
        i always say nothing in meetings|no one listens to me|wrote you a long message but deleted it|
        later that day she apologised|started crying in the meeting|meeting was awful, got talked over|
        in the meeting they laughed at me|said goodbye to my team
    """,
    LAILA: """
        she wasnt fair to me|i wrote to you last week about my boss|laila said everyone knew|
        on my way home i cried|later i realised it was me|not a single person thanked me|hello|
        what can you do|half the ward is off sick|my sister had her baby!|got shouted at by carol|
        done nothing but cry today|i'm not ok|carol spoke to me about my lateness|
        finished my last shift ever|i wrote my resignation|new topic: my sister|sat in the car and cried|
        feeling better today
    """,
    CVS: """
        agency called me about a job in leeds|my cv is a mess|sent to coventry by my team|i got sent home|
        i hate my cv|they sent me a rejection|not sure i want this any more|had my appraisal today|
        lost my job|lost my temper at work|my boss lost it with me|i've been offered voluntary redundancy|
        quit today|busy season is starting and i dread it|work is too busy and nobody cares|
        tired of all this|so tired of this place|can't decide between two offers
    """,
    HR: """
        can't take it any more|cannot stop thinking about the meeting|haven't been myself lately|
        haven't heard from anyone|didn't get on with the new lead|didn't expect him to be so kind|
        never been so angry|nearly cried in the car park|almost quit today|tried to stay calm today|
        hr told me nothing|hr spoke to my manager behind my back|i was spoken to like a child|
        everyone got an email from hr|she asked me to speak up more|he said i did well|
        they did a restructure|did well in my appraisal|finished late again|finished crying|in a rut|
        on the edge of tears|at my wits end|out of order what he said|good day today|sorted my desk out
    """,
    MUM: """
        booked a holiday!|dentist was rude|got booked for a double shift
    """,
    PITCH: """
        started reading a book about it|started seeing someone|pitch was cancelled|
        my colleague practised on me|going to hand in my notice|going mad here|
        walking on eggshells at work|heading for burnout|half the team hates me|some days are ok|
        most of it is my fault|part of me wants to leave|the first day back was hell|was fine until lunch|
        it was awful at work|meeting today was really bad|the talk with my dad went badly
    """,
}
CASES = [
    (text.strip(), step, outcome) for (outcome, step), block in REPORTS.items() for text in block.split("|")
]
NEAR = [(text.strip(), step) for step, block in OTHERS.items() for text in block.split("|")]


def on_one_line(text: str) -> str:
    """A sentence that the table above broke."""
    return " ".join(text.split())


@pytest.mark.parametrize(("text", "step", "outcome"), CASES, ids=[text for text, *_ in CASES])
def test_report_is_read(text: str, step: str, outcome: str) -> None:
    """Own acts, own failures, and no time now."""
    assert read_report(on_one_line(text), step).outcome == outcome


@pytest.mark.parametrize(("text", "step"), NEAR, ids=[text for text, _ in NEAR])
def test_near_miss_is_none(text: str, step: str) -> None:
    """A wrong outcome costs more than a question."""
    assert read_report(on_one_line(text), step) == Report()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no. bottled it", "bottled it"),
        ("havent yet. ive written it 3 times and deleted it", "ive written it 3 times and deleted it"),
        ("couldnt, covered jonas shift", "covered jonas shift"),
        ("nope. rain", "rain"),
        ("haven't asked him yet", ""),
        ("didnt have the guts to ask", "didnt have the guts to ask"),
        ("just sent it!! she said yes", "she said yes"),
        ("spoke to him, he'll look at it", "he'll look at it"),
        ("told gary two a month. he said he'd think", "told gary two a month. he said he'd think"),
        ("told him", ""),
        ("half done, rest tomorrow", ""),
        ("did the first bit, then the kids woke up", "did the first bit"),
    ],
)
def test_what_says_more_than_the_outcome_is_kept(text: str, words: str) -> None:
    """As typed, so that it need not be asked for."""
    assert read_report(text, GARY).words == words


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("the canteen was rammed", True),
        ("gary was in a mood all day", True),
        ("can we talk about my boss", False),
        ("what should i say to him?", False),
        ("there is a new rota and it changes everything for me and for everyone on the floor", False),
    ],
)
def test_a_few_words_may_be_about_it(text: str, may_be: bool) -> None:
    """Neither a request nor a story."""
    assert may_be_about_it(text) is may_be
