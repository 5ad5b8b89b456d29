"""What paper and screen share of a practice's look: its palette, its motifs, its fonts."""
