"""Article → HTML and plain text, for paper and for screens."""
