"""``lab``: scripted people go through several weeks of talks, and the transcripts are counted.

For whoever writes dialogues: what a change of wording does shows itself in seconds. The people are
files in ``people/``; the dialogues are the real ones, driven through ``receive`` by the player.
"""
