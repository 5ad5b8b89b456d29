"""Words as they are compared, whichever file they are from."""

from __future__ import annotations

import unicodedata

from leafcast.document.article import UNSEEN


def same_words(text: str) -> str:
    """`text` as it is compared: composed letters, single spaces, no signs for the typesetter."""
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())
