"""For the whole suite: a property is tested for what holds, never for how long it takes."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
