"""The table of editions: each says in one row all that there is to say of it."""
