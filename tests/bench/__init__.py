"""The benchmark: Cairn beside the usual Telegram bots, in one run, driven by the same virtual people.

It knows processes, sockets and clocks. It must not know how Cairn is made: the bot is a command, an
environment and what it says over the Bot API. Only ``crowd``, which fills databases beforehand, and
``schedules`` with ``ticking``, which measure the tick from inside, know more.
"""
