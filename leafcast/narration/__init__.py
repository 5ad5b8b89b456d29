"""From an Article to sound: script, voices, mastering, encoding."""
