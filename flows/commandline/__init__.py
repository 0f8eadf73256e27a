"""The command line of flows, for those who write dialogues: no database, no Telegram.

This sub-package is an edge. It alone in flows reads the clock and the terminal, draws random numbers
and writes a file (the list of structures); nothing else in flows imports it.
"""
