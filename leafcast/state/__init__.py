"""What builds remember: facts in one SQLite file a practice, files written whole or not at all."""
