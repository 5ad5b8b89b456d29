"""What is published beside print and sound: each article's page, and what tells of all."""
