"""Half a year of fifty people across the changes of both hemispheres, judged by an oracle of its own."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.rhythm.oracle import findings
from tests.rhythm.world import half_year


@pytest.mark.slow
@pytest.mark.parametrize("month", [2, 8])
def test_half_year_keeps_every_promise(tmp_path: Path, month: int) -> None:
    """All at the chosen time, none in quiet hours, none twice, none gone without a reason, never too many."""
    world = half_year(tmp_path, dt.datetime(2026, month, 1, tzinfo=dt.UTC))

    assert findings(world) == []
    assert world.reopened == 5
    came = Counter(each.rule for each in world.came)
    assert set(came) == {"action", "after", "review", "checkin", "easy", "choice", "door", "snooze"}
    assert sum(came.values()) > 1_000
    reasons = {(each.what, each.reason) for each in world.judged}
    assert {("skipped", "stale"), ("held", "cap"), ("skipped", "talk not long ago")} <= reasons
