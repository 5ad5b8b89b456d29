"""How an article starts: from a title, or from a file of any kind that can be read."""
