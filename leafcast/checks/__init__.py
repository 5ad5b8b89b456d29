"""Checks: (publication, folder) -> findings."""
