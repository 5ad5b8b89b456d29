"""How work is run: asked for, told of as it goes, and done in processes of its own."""
