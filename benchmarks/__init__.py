"""Figures of speed and memory, as ratios and counts taken in one run. `python -m benchmarks`."""
