"""leafcast: one article in; an accessible leaflet and a narration out."""

__version__ = "1.0.0"
