"""Reading what a person typed: scales, choices, lists, dates, plans and local time.

Text in, values out. It knows English as it is typed on a phone. It must not know dialogues,
storage, Telegram or the clock: where "now" matters, it is told.
"""
