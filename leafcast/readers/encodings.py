"""From the bytes of a text to its letters, whatever program saved it.

UTF-8 is what everything here is written in. Older programs save a text in the letters of their
machine, and say nowhere in which: what was decided is told, with words that show it.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.document.errors import SourceError
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.drafts import quoted
from leafcast.readers.file_kinds import ARCHIVE, kind_of
from leafcast.readers.mangled import with_letters_mended

MARKED: Final = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)  # fmt: skip
"""Encodings that their first bytes name (Unicode 16, 23.8: byte order mark)."""
NAMES: Final = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "utf-16-le": "UTF-16",
                "utf-16-be": "UTF-16"}  # fmt: skip
USUAL: Final = frozenset(
    "‘’“”–—…•·£€©®™°½¼¾²³ª«»§¶†‡\u00a0áàâäãåæçéèêëíìîïñóòôöõøœßúùûüÁÀÂÄÅÆÇÉÈÊÍÎÑÓÖØŒÚÜ"
)
"""Letters beyond ASCII that texts in English, with names from next door, have."""
SENT: Final = re.compile(r"^content-t|=\n", re.I | re.M)
"""What a mail has whose letters are coded."""
MOSTLY: Final = 0.8
"""The share of such letters from which on a text is surely one of these."""
MAC_BULLET: Final = re.compile(rb"(?m)^[ \t]*[\xa5\xe1][ \t]")
"""Bullets of Mac Roman, • and ·, at the start of lines."""
FEWEST: Final = 4
"""Letters beyond ASCII from which on a language can be told by them."""
HOW: Final = (
    "Save it as UTF-8: in Notepad, Save as, Encoding: UTF-8; in Word, Save as, Plain text, Other "
    "encoding: Unicode (UTF-8); in TextEdit, Save, Plain Text Encoding: UTF-8"
)


def decoded(content: bytes, origin: Origin) -> tuple[str, tuple[Finding, ...]]:
    """`content` as text with plain line ends, and what was guessed of its letters; a mail’s as
    they were before it was sent.

    Raises SourceError when it is no text, or a file of another kind.
    """
    refuse_other_kinds(content, origin)
    encoding = _encoding(content)
    if encoding is None:
        raise _no_text("a letter on this line is not UTF-8", content, origin)
    text = content.decode(encoding, "replace")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SourceError("this is not a text file", "Save it as plain text", origin.shown, line)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if SENT.search(plain):
        from leafcast.readers.mail_coding import uncoded

        plain = uncoded(plain)
    plain, mended = with_letters_mended(plain, origin)
    if encoding.startswith("utf") and encoding not in NAMES:
        return plain, mended
    return plain, (
        *mended,
        _told(plain, NAMES.get(encoding, encoding), origin),
    )


def refuse_other_kinds(content: bytes, origin: Origin) -> None:
    """Raise SourceError for a file that is of another kind than text."""
    if (kind := kind_of(content)) and kind is not ARCHIVE:
        raise SourceError(f"this is {kind.name}, whatever its name says", kind.cure, origin.shown)


def _encoding(content: bytes) -> str | None:
    """The encoding of `content`; None where it is none that can be told."""
    for mark, encoding in MARKED:
        if content.startswith(mark) and _fits(content, encoding):
            return encoding
    if (wide := _without_mark(content)) and _fits(content, wide):
        return wide
    if _fits(content, "utf-8-sig"):
        return "utf-8-sig"
    return _of_one_byte(content)


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(content: bytes) -> str | None:
    """UTF-16 by its zeros: every other byte of Latin letters is one."""
    half = len(content) // 2
    if half < 2 or len(content) % 2:
        return None
    even, odd = content[::2].count(0), content[1::2].count(0)
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and not odd else None


def _of_one_byte(content: bytes) -> str | None:
    """Windows-1252 or Mac Roman by how usual its letters are; another by charset-normalizer."""
    high = bytes(byte for byte in content if byte >= 0x80)
    shares = {
        name: sum(letter in USUAL for letter in high.decode(name)) / len(high)
        for name in ("cp1252", "mac_roman")
        if _fits(high, name)
    }
    if len(MAC_BULLET.findall(content)) >= 2 and "mac_roman" in shares:
        return "mac_roman"
    best = max(shares, key=lambda name: shares[name], default="")
    plain = sum(65 <= byte & 0xDF <= 90 for byte in content if byte < 0x80)
    if best and shares[best] >= MOSTLY and len(high) < plain:
        return best
    if len(high) >= FEWEST and (other := _other_language(content)):
        return other
    return best if best and shares[best] >= 0.5 else None


def _other_language(content: bytes) -> str | None:
    """The encoding in which a text is words of some language, as charset-normalizer has it."""
    from charset_normalizer import from_bytes

    found = from_bytes(content, cp_exclusion=["utf_16", "utf_16_le", "utf_16_be", "utf_7"]).best()
    return found.encoding if found else None


def _told(text: str, name: str, origin: Origin) -> Finding:
    """That letters were guessed, with some words that have them."""
    words = list(dict.fromkeys(re.findall(r"\w*[^\x00-\x7f]+\w*", text)))
    shown = ", ".join(quoted(word, 30) for word in sorted(words, key=len, reverse=True)[:4])
    first = re.search(r"[^\x00-\x7f]", text)
    line = text[: first.start()].count("\n") + 1 if first else 1
    such = f", such as {shown}" if shown else ""
    return origin.finding(
        "guessed-letters",
        Severity.ADVICE,
        f"The file does not say in which letters it is saved; it was read as {name}{such}",
        f"If they are wrong: {HOW[0].lower()}{HOW[1:]}",
        line=line,
    )


def _no_text(what: str, content: bytes, origin: Origin) -> SourceError:
    """The first line that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return SourceError(what, HOW, origin.shown, line)
    return SourceError(what, HOW, origin.shown)
