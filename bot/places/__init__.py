"""Cities and their time zones, from a packaged file, for people who say where they are.

Knows names and zones. Must not know who asked; a shared location becomes a zone and is forgotten.
"""

from bot.places.gazetteer import Gazetteer
from bot.places.zones import zone_at

__all__ = ["Gazetteer", "zone_at"]
