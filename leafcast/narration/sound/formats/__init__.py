"""The formats of sound, read and written frame by frame: MP3, AAC, Ogg, M4B."""
