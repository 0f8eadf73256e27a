"""The phone: a strict Bot API server on loopback, and a page that looks like a chat on a phone.

It knows Telegram's rules and wordings; it must not know anything of the coach. The bot meets it
over HTTP only, exactly as it meets Telegram, so whatever passes here is meant to pass there.
"""
