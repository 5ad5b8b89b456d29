"""Hearing what was said: the recogniser, alignment, proof-listening. Needs `[listen]`."""
