"""leafcast: one article in; an accessible leaflet and a narration out."""

__version__ = "0.1.0"
