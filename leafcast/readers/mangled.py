"""Letters that a program read in the wrong encoding and saved so: “Itâ€™s” is “It’s”.

UTF-8 that was read as Windows-1252 has signs side by side that no language has (RFC 3629, 3).
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.drafts import quoted

LOW: Final = "\x80-\xbf" + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the later bytes of a letter become; five bytes have no letter in Windows-1252."""
MANGLED: Final = re.compile(f"[ÂÃÄÅ][{LOW}]|[áâã][{LOW}]{{2}}|ð[{LOW}]{{3}}")
FEWEST: Final = 2
"""Such letters in a text that are no chance; one of three signs is none either."""


def with_letters_mended(text: str, origin: Origin) -> tuple[str, tuple[Finding, ...]]:
    """`text` with mangled letters as they were, and what to say of it."""
    found = [each for each in MANGLED.finditer(text) if _mended(each[0])]
    if not found or (len(found) < FEWEST and len(found[0][0]) < 3):
        return text, ()
    first = found[0]
    told = origin.finding(
        "letters-mended",
        Severity.ADVICE,
        f"Letters that a program had mangled were put right: {len(found)}, such as "
        f"{quoted(first[0])}, which is {quoted(_mended(first[0]))}",
        "Nothing need be done if the words read well",
        line=text.count("\n", 0, first.start()) + 1,
    )
    return MANGLED.sub(lambda each: _mended(each[0]) or each[0], text), (told,)


def _mended(signs: str) -> str:
    """The letter that was mangled into `signs`; "" where they are none."""
    raw = b"".join(_byte(sign) for sign in signs)
    try:
        letter = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return letter if letter.isprintable() or letter == "\u00a0" else ""


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1", "replace")
