"""What of a Word file is told once, however often it is met: severity, code, message, fix."""

from __future__ import annotations

from typing import Final

from leafcast.document.report import Severity

KINDS: Final = {
    "insertion": (Severity.ADVICE, "tracked-changes", "Tracked changes were read as accepted: {}",
                  "If that is wrong, reject them in Word and save the file"),
    "comment": (Severity.ADVICE, "comments", "Comments were left out: {}", ""),
    "hidden": (Severity.ADVICE, "hidden-words", "Hidden words were left out: {}",
               "In Word, Home, ¶ shows them; take the font effect Hidden off what is to be read"),
    "struck": (Severity.WARNING, "struck-words", "Words struck through were left out: {}",
               "If they hold, take the font effect Strikethrough off them; if not, delete them"),
    "placeholder": (Severity.ADVICE, "placeholder-left-out",
                    "What a form shows until it is filled in was left out: {}",
                    "Fill it in, or delete it"),
    "pronunciation": (Severity.ADVICE, "pronunciation-left-out",
                      "Signs for the pronunciation above words were left out: {}", ""),
    "contents": (Severity.ADVICE, "contents-left-out",
                 "The table of contents was left out; leaflets make their own: {}", ""),
    "link": (Severity.WARNING, "link-target",
             "Links that lead to no web address keep their words only: {}",
             "Begin an address with https://, mailto: or tel:"),
    "inside": (Severity.ADVICE, "link-inside",
               "Links to places in the file keep their words only: {}", ""),
    "symbol": (Severity.WARNING, "symbol-lost", "Symbols of a font of symbols are lost: {}",
               "Write the word, or insert the character from an ordinary font"),
    "raised": (Severity.WARNING, "raised-letters",
               "Letters above or below the line were set in brackets on it: {}",
               "Write in words what they mean"),
    "formula": (Severity.WARNING, "formula-flattened",
                "Formulas were read as the letters they hold: {}", "Write them in words"),
    "object": (Severity.WARNING, "object-left-out",
               "Charts, drawings or other documents set into the text are left out: {}",
               "Save each as a picture, and insert that with an alternative text"),
    "unseen": (Severity.WARNING, "unseen-signs",
               "Invisible signs that no reader needs, and that can do harm, were left out: {}",
               "Write the words there anew, by hand"),
    "decorative": (Severity.ADVICE, "picture-decorative",
                   "Pictures marked as decoration were left out: {}", ""),
    "box": (Severity.ADVICE, "text-box",
            "Text boxes were read as text, each behind the paragraph it is fixed to: {}",
            "If it is to be read elsewhere, move its words there"),
    "letters": (Severity.ADVICE, "list-letters",
                "Points counted with letters or Roman numbers are counted 1, 2, 3: {}",
                "If the text refers to one, such as “see b)”, write its number there"),
    "headers": (Severity.ADVICE, "guessed", "The first row of a table was read as its headers: {}",
                "In Word, Table Layout, Repeat Header Rows says so for certain"),
    "empty table": (Severity.ADVICE, "empty-table", "Tables without a word were left out: {}",
                    "Write in words what is to be filled in"),
    "layout": (Severity.ADVICE, "guessed",
               "A table whose cells hold lists, headings or tables was read as text, cell by "
               "cell: {}", ""),
    "merged": (Severity.ADVICE, "merged-cells",
               "The words of merged cells were repeated in each of them: {}", ""),
    "quotation": (Severity.ADVICE, "guessed",
                  "Indented paragraphs were read as quotations: {}",
                  "If they are none, take the indent away"),
    "call alone": (Severity.WARNING, "note-not-called",
                   "Notes are called where no words stand, and nothing leads to them: {}",
                   "Call each behind the words it is about"),
    "uncalled": (Severity.ADVICE, "note-not-called",
                 "Notes that no words call were left out: {}",
                 "Insert each anew, with References, Insert Footnote, where it belongs"),
}  # fmt: skip
LEFT_OUT: Final = frozenset({
    "comment", "hidden", "struck", "placeholder", "pronunciation", "contents", "object", "symbol",
    "uncalled", "empty table", "decorative",
})  # fmt: skip
"""Of which the words are not in the article."""
