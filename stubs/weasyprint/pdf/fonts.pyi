from collections.abc import MutableMapping

class Font:
    hash: str
    file_content: bytes
    widths: dict[int, int]
    to_unicode: MutableMapping[int, str]
