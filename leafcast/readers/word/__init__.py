"""A Word file → drafts → Article."""
