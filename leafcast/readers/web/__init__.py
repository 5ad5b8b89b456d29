"""A saved web page → drafts → Article."""
