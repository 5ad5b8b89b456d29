"""The studio's screens, a module each: what is shown, and what its buttons do.

A screen is a row of `Route`s; `answering` says how each is answered, and how a fault is told.
"""
