"""Listening: what an answer says beyond its value, and the one small question it may need.

``listen(text, context, budget)`` is all that dialogues ask; the words it knows stand in words/.
"""

from flows.listening.budget import Budget, budget_of
from flows.listening.listening import Listening, is_raw, listen

__all__ = ["Budget", "Listening", "budget_of", "is_raw", "listen"]
