"""What the witness tells: words that are lost on the way from the file to the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.readers.witness.compare import Verdict
from leafcast.readers.witness.comparison import Loss
from leafcast.readers.witness.passages import CALL, Passage, seen

MOST: Final = 5
"""Losses of one file that are told one by one."""
LONGEST: Final = 80
"""Letters of words that are quoted."""
MESSAGES: Final = {
    "lost": "“{}” stands in the file here, and is lost in reading",
    "call": "A note is called behind “{}”, and the call is lost in reading",
    "alone": "A note is called where no words stand, and the call is lost in reading",
    "joined": "The words “{}” stand apart in the file, and are run together in reading",
    "torn": "The word “{}” is torn apart in reading",
    "uncalled": "Nothing calls the note “{}”, so that it is in no leaflet and is never heard",
    "cell": "“{}” stands in a cell beyond the last column of its table, and is lost in reading",
    "swapped": "The note “{}” stands where another is called",
    "doubled": "A note is called more often than in the file",
}
FIX: Final = (
    "Write these words anew, in a plain paragraph of their own; if that does not help, "
    "please report it, with the file"
)
FIXES: Final = {
    "uncalled": "Write its number, such as [^1], behind the words it belongs to; or take it out",
    "cell": "Add a column to the first two lines of the table; a | that is text is written \\|",
    "alone": "Write the call directly behind a word",
    "swapped": "Give each note a name of its own, as in [^help]; if that does not help, "
    "please report it, with the file",
    "doubled": "Write the call of this note once, directly behind a word; if that does not help, "
    "please report it, with the file",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """Makes findings of losses in one file; `unit` is what its places count."""

    passages: Sequence[Passage]
    origin: Origin
    unit: str

    def findings(self, verdict: Verdict) -> tuple[Finding, ...]:
        """An error for each loss, and one advice for what is left out that no reader tells."""
        found = [self.loss(loss) for loss in verdict.losses[:MOST]]
        if more := verdict.losses[MOST:]:
            message = f"Words are lost in {len(more)} more places, the first here"
            found.append(self.finding("words-lost", Severity.ERROR, (message, FIX), more[0].line))
        if verdict.left_out:
            name, first = verdict.left_out[0]
            others = len(verdict.left_out) - 1
            more_such = f", and {others} more such" if others else ""
            said = f"{name} (“{self.quoted(first.words)}”){more_such}"
            words = (
                f"Left out, as no part of the text: {said}",
                "If readers need it, write it into the text",
            )
            found.append(self.finding("left-out", Severity.ADVICE, words, first.line))
        return tuple(found)

    def loss(self, loss: Loss) -> Finding:
        """The finding for one loss."""
        message = MESSAGES[loss.how].format(self.quoted(loss.words))
        fix = FIXES.get(loss.how, FIX)
        return self.finding("words-lost", Severity.ERROR, (message, fix), loss.line)

    def finding(self, code: str, severity: Severity, words: tuple[str, str], line: int) -> Finding:
        """A finding in this file; `words` are what is wrong, and the fix."""
        message, fix = words
        counted = f" ({self.unit} {line})" if line and self.unit != "line" else ""
        return self.origin.finding(code, severity, f"{message}{counted}", fix, line=line)

    def quoted(self, words: str) -> str:
        """`words`, which are in small letters, as the file writes them."""
        text = "\n".join(passage.words for passage in self.passages)
        pattern = r"[\W_]*".join(re.escape(word) for word in words.split() if word != "[note]")
        found = re.search(pattern, seen(text), re.I)
        shown = " ".join((found[0] if found else words).replace(CALL, "").split())
        return shown if len(shown) <= LONGEST else f"{shown[:LONGEST].rsplit(' ', 1)[0]} …"
