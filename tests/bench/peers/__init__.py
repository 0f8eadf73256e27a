"""The bots that Cairn is compared with; they run in a virtual environment of their own."""
