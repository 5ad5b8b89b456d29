"""The edition read by touch: Unified English Braille, contracted, laid out on pages."""
