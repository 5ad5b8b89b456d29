"""What a practice’s publications have in common: library, podcast, sitemap, sums."""
