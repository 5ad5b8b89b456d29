"""A publication, and the table of editions it comes in."""
