"""What everything else speaks of: the Article, findings, errors, the Publication."""
