"""What the coach says and decides: values in, values out.

Nothing here asks the time, a random number, the network, the database or a file
(the loader reads the packaged dialogue files once, at start).
"""
