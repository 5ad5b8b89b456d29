"""What a language brings: its days and months, its abbreviations, where its sentences end."""
