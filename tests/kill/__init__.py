"""``python -m tests.kill``: the long loops."""
