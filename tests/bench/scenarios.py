"""How many people, how far away, how long. Plain values."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scenario:
    """A crowd at a distance; the round trip is in seconds."""

    people: int
    round_trip: float

    @property
    def name(self) -> str:
        """Name the scenario as the table does."""
        return f"{self.people:,} people, {self.round_trip * 1000:g} ms"


@dataclass(frozen=True, slots=True)
class Plan:
    """The seconds of one trial, and how many turns all people together may take at most."""

    warm_up: float = 3.0
    beginners: float = 10.0  # how much longer to wait until everybody has had a first reply
    window: float = 8.0
    drain: float = 10.5  # longer than a person's patience, so that a missing reply is always noticed
    start: float = 30.0
    turns: int = 100_000

    @property
    def limit(self) -> float:
        """Give the time after which a trial is stopped, whatever it is doing."""
        return self.start + self.warm_up + self.beginners + self.window + self.drain + 20

    def ramp(self, scenario: Scenario) -> float:
        """Give the seconds over which people begin: a thousand at once would only measure the stampede."""
        return min(self.warm_up / 2, scenario.people / 500)

    def budget(self, scenario: Scenario) -> int:
        """Give the turns of each person."""
        return max(40, self.turns // scenario.people)


SCENARIOS = (Scenario(50, 0.0), Scenario(1_000, 0.0), Scenario(50, 0.05), Scenario(1_000, 0.05))
QUICK_SCENARIOS = SCENARIOS[:3]
QUICK_PLAN = replace(Plan(), warm_up=0.5, beginners=3.0, window=1.2, drain=1.0, start=15.0)
