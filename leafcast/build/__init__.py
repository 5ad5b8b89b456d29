"""A build: what each edition is made from, what must be made, and how it comes to dist/."""
