"""The article’s page: its words, cue times, downloads and policy."""
