"""Listening: what an answer says beyond its value, and the one small question it may need.

``listen(text, context, budget)``, ``danger(text)``, ``hurts(text)`` and ``is_raw(text)`` are what others
call; the words stand in words/.
"""

from flows.listening.budget import Budget, budget_of
from flows.listening.listening import Listening, danger, hurts, is_raw, listen

__all__ = ["Budget", "Listening", "budget_of", "danger", "hurts", "is_raw", "listen"]
