"""Kills: the bot is ended at any instant, and nothing may be lost, doubled or out of order."""
