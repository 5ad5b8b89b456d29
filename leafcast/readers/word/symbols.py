"""What the signs of symbol fonts are in Unicode; in those fonts `Ú` is not the letter Ú.

Word writes them by the number they have in the font, or that in the Private Use Area
(ISO/IEC 29500-1, 17.3.3.30). Symbol is as in Adobe's “Symbol Encoding to Unicode” (1999),
Wingdings, Wingdings 2 and 3 and Webdings as in Unicode's L2/12-368, where simpler signs that more
fonts have mean the same, these.
"""

from __future__ import annotations

from typing import Final


def _row(first: int, signs: str) -> dict[int, str]:
    """Signs from the number `first` on; a blank where none is known."""
    return {first + at: sign for at, sign in enumerate(signs) if sign != " "}


_SYMBOL: Final = {
    0x20: " ",
    **_row(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_row(0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    **_row(0xF1, "〉∫"),
}
_WINGDINGS: Final = {
    0x20: " ",
    **_row(0x21, "✏✂✁"),
    **_row(0x28, "☎✆✉"),
    **_row(0x36, "⌛⌨"),
    **_row(0x3E, "✇✍"),
    **_row(0x41, "✌"),
    **_row(0x45, "☜☞☝☟"),
    **_row(0x4A, "☺"),
    **_row(0x4C, "☹"),
    **_row(0x4E, "☠⚐"),
    **_row(0x51, "✈☼"),
    **_row(0x54, "❄"),
    **_row(0x56, "✞"),
    **_row(0x58, "✠✡☪☯"),
    **_row(0x5D, "☸♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■□□❑❒⬧⧫◆❖⬥☒"),
    **_row(0x7A, "⌘"),
    **_row(0x7D, "“”"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•"),
    **_row(0xA1, "○"),
    **_row(0xA4, "◉◎"),
    **_row(0xA7, "▪□"),
    **_row(0xAA, "✦★✶✴✹✵"),
    **_row(0xD8, "➢"),
    **_row(0xDF, "←→↑↓↖↗↙↘"),
    **_row(0xE8, "➔"),
    **_row(0xEF, "⇦⇨⇧⇩"),
    **_row(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2: Final = {
    0x20: " ",
    **_row(0x4F, "✗✓☒☑☒☒"),
    **_row(0x97, "●"),
    **_row(0xA2, "■□□"),
}
_WINGDINGS_3: Final = {
    0x20: " ",
    **_row(0x21, "←→↑↓"),
    **_row(0x70, "▲▼△▽◀▶◁▷"),
    **_row(0x7D, "▶"),
}
_WEBDINGS: Final = {
    0x20: " ",
    **_row(0x33, "◀▶▲▼"),
    **_row(0x61, "✔"),
    **_row(0x67, "■"),
    **_row(0x6E, "●"),
    **_row(0x72, "✖"),
    **_row(0x9B, "✉"),
    **_row(0xC9, "☎"),
}
FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
OWN_LETTERS: Final = range(0xF000, 0xF100)
"""Where a symbol font's signs are kept apart from letters."""
OTHERS: Final = ("dingbats", "marlett", "mt extra", "bookshelf symbol", "ms outlook")
"""Names of further fonts whose signs are no letters, and whose signs nothing here knows."""


def sign(font: str, number: int) -> str:
    """The sign with this number in a font; "" where none is known for it."""
    if table := FONTS.get(font.casefold()):
        return table.get(number - OWN_LETTERS.start if number in OWN_LETTERS else number, "")
    if 0xD800 <= number < 0xF900 or number < 0x20 or is_of_symbols(font):
        return ""
    return chr(number) if number < 0x110000 else ""


def is_of_symbols(font: str) -> bool:
    """Whether the signs of a font are no letters, whatever their numbers."""
    return font.casefold() in FONTS or any(each in font.casefold() for each in OTHERS)
