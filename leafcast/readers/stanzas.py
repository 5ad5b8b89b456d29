"""The lines of a plain text as blocks: what is wrapped, whole, underlined, drawn, quoted, typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from leafcast.readers.assemble import DEEPEST
from leafcast.readers.bullets import LETTER_O, bullet_of, is_emoji_led
from leafcast.readers.drafts import (
    BREAK,
    BlockDraft,
    EntryDraft,
    Gatherer,
    HeadingDraft,
    ListDraft,
    ParagraphDraft,
    QuoteDraft,
    RuleDraft,
    Run,
    quoted,
)
from leafcast.readers.guessed_headings import short_and_open
from leafcast.readers.line_kinds import DIGITS, is_capitals, line_kind
from leafcast.readers.links import safe_target

RULE: Final = re.compile(r"\s*(?:(?:([*=~#•-])\s*)(?:\1\s*){2,}|[─━—–]{3,}|(?:[*~=-]\s?){5,})\s*")
UNDERLINE: Final = re.compile(r"\s*(=+|-+|~+|_+|\*+|\^+|#+|[─━═]+)\s*")
HASHES: Final = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*")
ORNATE: Final = re.compile(r"\s*([=~*#+_-]{2,})\s+(\w.*?)\s+\1\s*")
"""A line such as “== Rest ==”."""
DIVIDED: Final = re.compile(
    r"(?<=[a-z]{2})(?<!\bwell)(?<!\bself)(?<!\bnon)(?<!\bhalf)(?<!\blong)(?<!\bex)-\n\s*(?=[a-z]{2})"
)
"""Where a word was divided at the end of a printed line."""
HYPHENED: Final = re.compile(r"(?<=[a-z])-\n\s*(?=[a-z])")
LETTERS_O: Final = re.compile(r"(\s*o) (?=\S)")
QUOTED: Final = re.compile(r"\s?>\s?(.*)")
WIDEST_WRAP: Final = 120
"""Letters of a line that a program wrapped; what is longer is a whole paragraph."""
MOST_WHOLE: Final = 0.3
"""The share of a text in such lines from which on no program wrapped it."""
ROOM: Final = 8
"""Letters by which a paragraph may be narrower than others, for its words did not fit."""
LABELLED: Final = re.compile(r"\s*[A-Z][\w ]{0,20}:\s+\S")
"""A line such as “When: on Tuesdays”."""
MARKED: Final = re.compile(
    r"\*\*(?=\S)(?P<strong>[^*]+)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<starred>[^*\n]+)(?<=[^\s*])\*(?![\w*])"
    r"|(?<!\w)_(?=[^\W_])(?P<lined>[^_\n]+)(?<=[^\s_])_(?!\w)"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<target>(?:https?://|mailto:|tel:)[^\s()]+)\)"
)
"""Words that people mark in mails and messages: strong, stressed, or a link."""
STRONG_LINE: Final = re.compile(r"\s*(\*\*|__|\*)(?=\S)([^*_]+)(?<=\S)\1\s*")
"""What programs for notes and messages make bold."""
ASKED: Final = re.compile(r"\s*(?:q(?:uestion)?|a(?:nswer)?)\s*\d*\s*[:.)]\s", re.I)
ROOMY: Final = 0.6
"""The part of the width at which a line that goes on has certainly not been wrapped."""
SHORT_LINE: Final = 60
"""Letters of a line that was ended on purpose, as in an address or a poem."""
SHORTEST_TEXT: Final = 40
"""Letters of the line under a heading that has no blank line below."""
MOST_BROKEN: Final = 0.25
"""The share of lines in a wrapped paragraph that may end too soon for the next word."""
TORN: Final = re.compile(
    r"\b(?:an?|the|of|to|in|on|at|by|for|from|with|about|that|which|who|if|and|or|but|as|than|we|you"
    r"|they|is|are|was|were|be|your|our|their|my|his|her|its|this|these|not|may|can|will)$",
    re.I,
)
"""How a line ends whose sentence was torn apart."""
CLOSED: Final = re.compile(r"[.!?:…][”’\"')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Stanza:
    """Lines between blank lines, with the number of the first."""

    lines: tuple[str, ...]
    number: int


def blocks_of(body: str, above: int, forced: set[int], gatherer: Gatherer) -> Iterator[BlockDraft]:
    """The blocks of a text, in order. `forced` are lines that a mark makes headings."""
    stanzas = list(_stanzas(body, above, forced))
    widths = _wrap_width(stanzas), max((len(line) for line in body.split("\n")), default=0)
    whole: list[int] = []
    for stanza in stanzas:
        for part in _indented(stanza):
            yield from _Stanzas(widths, whole, gatherer).blocks(part)
    if whole:
        gatherer.advise(
            "guessed",
            f"{len(whole)} lines without blank lines between them were read as paragraphs of their "
            "own, because each ends a sentence",
            "If they belong together, put them on one line",
            whole[0],
        )


def _stanzas(body: str, above: int, forced: set[int]) -> Iterator[Stanza]:
    """The stanzas of `body`."""
    gathered: list[str] = []
    first = 0
    for number, line in enumerate(body.split("\n"), above + 1):
        if gathered and (not line.strip() or number in forced or number - 1 in forced):
            yield Stanza(tuple(gathered), first)
            gathered = []
        if line.strip():
            first = first if gathered else number
            gathered.append(line)
    if gathered:
        yield Stanza(tuple(gathered), first)


def _indented(stanza: Stanza) -> Iterator[Stanza]:
    """A stanza cut where lines begin with blanks, as the first ones of paragraphs did in print."""
    inset = [len(line) - len(line.lstrip()) for line in stanza.lines]
    starts = [
        at
        for at, blanks in enumerate(inset)
        if blanks >= 2 and not stanza.lines[at].lstrip()[:1].islower()
    ]
    printed = len(stanza.lines) > 1 and 0 < len(starts) <= len(stanza.lines) / 2
    if not printed or any(map(bullet_of, stanza.lines)):
        yield stanza
        return
    for start, end in pairwise(sorted({0, *starts, len(stanza.lines)})):
        yield Stanza(stanza.lines[start:end], stanza.number + start)


def _wrap_width(stanzas: Sequence[Stanza]) -> int:
    """The width at which the text was wrapped: of its longest line, where that is no paragraph."""
    lines = [line.rstrip() for stanza in stanzas for line in stanza.lines]
    whole = [len(line) for line in lines if len(line) > WIDEST_WRAP]
    if sum(whole) > MOST_WHOLE * sum(map(len, lines)):
        return max(whole)
    widths = [
        len(line.rstrip())
        for stanza in stanzas
        for line in stanza.lines[:-1]
        if len(line) <= WIDEST_WRAP
    ]
    return max(widths, default=0)


class _Stanzas:
    """Reads the stanzas of a text; `widths` are where it was wrapped, and of its longest line."""

    def __init__(
        self, widths: tuple[int, int], whole: list[int], gatherer: Gatherer, depth: int = 0
    ) -> None:
        self.width, self.longest = widths
        self.whole, self.gatherer, self.depth = whole, gatherer, depth

    def blocks(self, stanza: Stanza) -> Iterator[BlockDraft]:
        """What a stanza holds: marked lines one by one, the rest together."""
        lines, at = stanza.lines, 0
        gathered: list[str] = []
        while at < len(lines):
            made, taken = self._marked(lines, at, stanza.number)
            if made is None:
                gathered.append(lines[at])
                at += 1
                continue
            yield from self._gathered(gathered, stanza.number + at - len(gathered))
            gathered = []
            yield made
            at += taken
        yield from self._gathered(gathered, stanza.number + at - len(gathered))

    def _marked(self, lines: Sequence[str], at: int, number: int) -> tuple[BlockDraft | None, int]:
        """A rule, a quotation or a heading that the text marks, and how many lines it has."""
        line = lines[at]
        if RULE.fullmatch(line):
            return RuleDraft(number + at), 1
        if hashes := HASHES.fullmatch(line):
            return HeadingDraft(len(hashes[1]), (Run(hashes[2]),), number + at), 1
        ornate = ORNATE.fullmatch(line)
        if ornate and short_and_open(ornate[2]) and not line_kind(ornate[2]):
            return HeadingDraft(2, (Run(ornate[2]),), number + at), 1
        if QUOTED.fullmatch(line) and self.depth <= DEEPEST + 1:
            return self._quotation(lines, at, number)
        under = UNDERLINE.fullmatch(lines[at + 1]) if at + 1 < len(lines) else None
        words = " ".join(line.split())
        if under and len(under[1]) >= 3 and _may_be_underlined(words, under[1]):
            level = 1 if under[1][0] in "=═" else 2
            return HeadingDraft(level, (Run(words),), number + at), 2
        return None, 0

    def _quotation(
        self, lines: Sequence[str], at: int, number: int
    ) -> tuple[BlockDraft | None, int]:
        """Lines that begin with >, as one quotation."""
        inner = []
        for line in lines[at:]:
            quoted_line = QUOTED.fullmatch(line)
            if not quoted_line:
                break
            inner.append(quoted_line[1])
        within = _Stanzas((self.width, self.longest), self.whole, self.gatherer, self.depth + 1)
        blocks = tuple(
            block
            for stanza in _stanzas("\n".join(inner), number + at - 1, set())
            for block in within.blocks(stanza)
        )
        return (QuoteDraft(blocks, number + at) if blocks else RuleDraft(number + at)), len(inner)

    def _gathered(self, lines: Sequence[str], number: int) -> Iterator[BlockDraft]:
        """Lines that nothing marks: points, whole lines, or a paragraph that was wrapped."""
        cuts = [at for at, line in enumerate(lines) if at and ASKED.match(line)]
        for start, end in pairwise((0, *cuts, len(lines))):
            if end > start:
                yield from self._part(lines[start:end], number + start)

    def _part(self, lines: Sequence[str], number: int) -> Iterator[BlockDraft]:
        """Lines between those that ask or answer."""
        if sum(map(bool, map(LETTERS_O.match, lines))) > 1:
            lines = [LETTERS_O.sub("\\1\t", line, count=1) for line in lines]
        first = next((at for at, line in enumerate(lines) if bullet_of(line)), None)
        pictured = first == 0 and is_emoji_led(lines[0]) and len(lines) > 1
        if pictured and self._is_headed(lines) and not any(map(bullet_of, lines[1:])):
            first = None
        if first == 0 and len(lines) > 1 and self._is_numbered_heading(lines):
            yield _paragraph(lines[:1], number)
            yield from self._running(lines[1:], number + 1)
            return
        if first is not None and self._are_points(lines, first):
            yield from self._running(lines[:first], number)
            yield from self._points(lines[first:], number + first)
        else:
            yield from self._running(lines, number)

    def _are_points(self, lines: Sequence[str], first: int) -> bool:
        """Whether a line that begins like a point is one: with a blank, or with others like it."""
        bullet = bullet_of(lines[first])
        alike = [each for line in lines if (each := bullet_of(line))]
        assert bullet
        spaced = bool(re.match(r"\s*\S{1,5}\s", lines[first]))
        return (
            len(alike) > 1 or first == 0 or (spaced and bullet.kind in ("sure", "other", "number"))
        )

    def _points(self, lines: Sequence[str], number: int) -> Iterator[ParagraphDraft]:
        """Each point a paragraph; a line without a bullet goes on with the point before it."""
        gathered: list[str] = []
        start = number
        for offset, line in enumerate(lines):
            if gathered and (bullet_of(line) or self._stands_alone(gathered[-1], line)):
                yield _paragraph(gathered, start)
                gathered = []
            start = start if gathered else number + offset
            gathered.append(line)
        yield _paragraph(gathered, start)

    def _stands_alone(self, before: str, line: str) -> bool:
        """Whether a line without a bullet is no more of the point that ends before it: it begins
        anew as far out, where its first word had room on the line before.
        """
        inset, outer = (len(each) - len(each.lstrip()) for each in (line, before))
        roomy = len(before.rstrip()) + 1 + len(line.split()[0]) <= ROOMY * self.longest
        return roomy and inset <= outer and line.lstrip()[:1].isupper() and bool(bullet_of(before))

    def _running(self, lines: Sequence[str], number: int) -> Iterator[BlockDraft]:
        """Running text, by whether its lines were wrapped or ended on purpose."""
        if not lines:
            return
        if len(lines) == 1 or (self._is_wrapped(lines) and not _is_bold(lines[0])):
            yield _paragraph(lines, number)
        elif self._is_headed(lines):
            yield _paragraph(lines[:1], number)
            yield from self._running(lines[1:], number + 1)
        elif _are_ragged(lines):
            yield _paragraph(lines, number)
        elif CLOSED.search(lines[0]) and lines[0].rstrip().endswith(":") and _are_short(lines[1:]):
            yield _paragraph(lines[:1], number)
            yield self._led_list(lines, number + 1)
        elif any(map(_has_blank, lines)):
            yield from (_paragraph([line], number + at) for at, line in enumerate(lines))
        elif _are_short(lines):
            yield _broken(lines, number)
        else:
            yield from self._whole_lines(lines, number)

    def _is_wrapped(self, lines: Sequence[str]) -> bool:
        """Whether a program ended the lines: the next word had no room on the line before."""
        longest = max(len(line.rstrip()) for line in lines)
        if longest > WIDEST_WRAP or any(map(_has_blank, lines)) or all(map(LABELLED.match, lines)):
            return False
        if _are_short(lines) and (any(map(_is_contact, lines)) or all(map(is_capitals, lines))):
            return False
        width = max(longest, min(self.width, longest + ROOM))
        ended = sum(
            len(line.rstrip()) + 1 + len(after.split()[0]) <= width and not _goes_on(line, after)
            for line, after in pairwise(lines)
        )
        return ended <= MOST_BROKEN * (len(lines) - 1) and not _are_verses(lines, self.width)

    def _is_headed(self, lines: Sequence[str]) -> bool:
        """Whether the first line is a heading's, directly above its text."""
        words = " ".join(lines[0].split())
        return _is_bold(words) or (
            short_and_open(words)
            and len(words) < SHORT_LINE
            and (words[0].isupper() or words[0].isdigit() or is_emoji_led(words))
            and not line_kind(words)
            and not lines[1].lstrip()[:1].islower()
            and len(lines[1]) > max(SHORTEST_TEXT, 1.5 * len(words))
        )

    def _is_numbered_heading(self, lines: Sequence[str]) -> bool:
        """Whether only the first line has a number, and stands as a heading above its text."""
        bullet = bullet_of(lines[0])
        numbered = bullet is not None and bullet.kind in ("number", "clause")
        return numbered and self._is_headed(lines) and not any(map(bullet_of, lines[1:]))

    def _led_list(self, lines: Sequence[str], number: int) -> ListDraft:
        """The lines under a line that ends with a colon."""
        self.gatherer.advise(
            "guessed",
            f"{len(lines) - 1} lines from {quoted(lines[1].strip(), 40)} on were read as a list, "
            "though nothing marks them, because they follow a colon",
            "If it is none, put blank lines between its lines",
            number,
        )
        entries = tuple(
            EntryDraft((_paragraph([line], number + offset),), number + offset)
            for offset, line in enumerate(lines[1:])
        )
        return ListDraft(entries, number)

    def _whole_lines(self, lines: Sequence[str], number: int) -> Iterator[ParagraphDraft]:
        """Lines that are paragraphs each."""
        self.whole += range(number, number + len(lines))
        for offset, line in enumerate(lines):
            yield _paragraph([line], number + offset)


def _may_be_underlined(words: str, line: str) -> bool:
    """Whether a line is as long as the one drawn under it, and no blank to fill in."""
    if line[0] in "*#^" and len(line) < 5:
        return False
    alike = abs(len(line) - len(words)) <= max(6, len(words) // 2) or len(line) > len(words)
    return (
        alike and len(words.split()) <= 20 and line_kind(words) not in ("blank", "number", "field")
    )


def _goes_on(line: str, after: str) -> bool:
    """Whether a long line ends in the middle of a sentence."""
    open_end = len(line.rstrip()) >= SHORTEST_TEXT and not CLOSED.search(line)
    return open_end and after.lstrip()[:1].islower()


def _is_bold(line: str) -> bool:
    """Whether a line is wholly in bold, and could be a heading."""
    starred = STRONG_LINE.fullmatch(line)
    return bool(starred and short_and_open(starred[2]) and not line_kind(starred[2]))


def _are_ragged(lines: Sequence[str]) -> bool:
    """Whether lines end in the middle of sentences, as no verse does: behind “the” or “about”."""
    if any(map(_has_blank, lines)) or all(map(LABELLED.match, lines)):
        return False
    pairs = [(line.rstrip(), after.lstrip()) for line, after in pairwise(lines)]
    small = sum(after[:1].islower() for _, after in pairs)
    torn = any(TORN.search(line) and after[:1].islower() for line, after in pairs)
    return torn and 2 * small >= len(pairs)


def _has_blank(line: str) -> bool:
    """Whether a line has something to fill in, so that it ends where it does on purpose."""
    return line_kind(" ".join(line.split())) == "blank"


def _is_contact(line: str) -> bool:
    """Whether a line says how or where to reach somebody."""
    words = " ".join(line.split())
    number = not re.sub(r"[\d\s()+-]", "", words) and sum(map(str.isdigit, words)) >= DIGITS
    return number or line_kind(words) in ("telephone", "address", "street", "postcode", "byline")


def _are_short(lines: Sequence[str]) -> bool:
    return all(len(line.strip()) <= SHORT_LINE for line in lines)


def _are_verses(lines: Sequence[str], width: int) -> bool:
    """Whether lines are those of an address or a poem: far shorter than the text is wide."""
    longest = max(len(line.strip()) for line in lines)
    return longest <= min(SHORT_LINE, 0.7 * width) and len(lines) > 1


def _paragraph(lines: Sequence[str], number: int) -> ParagraphDraft:
    """A paragraph of lines that a program ended; the bullet “o” as the one it stands for."""
    inset = len(lines[0].expandtabs(4)) - len(lines[0].expandtabs(4).lstrip())
    words = DIVIDED.sub("", "\n".join(map(str.rstrip, lines)))
    words = HYPHENED.sub("-", words).replace("\n", " ")
    letter = LETTER_O.match(words)
    words = " ".join((f"◦ {words[letter.end() :]}" if letter else words).split())
    if line := STRONG_LINE.fullmatch(words):
        return ParagraphDraft((Run(line[2], strong=True),), number, stands_out=True)
    return ParagraphDraft(tuple(_runs(words)), number, inset=inset)


def _runs(words: str) -> Iterator[Run]:
    """Words, marked where stars, lines or the brackets of a link enclose them."""
    end = 0
    for found in MARKED.finditer(words):
        if before := words[end : found.start()]:
            yield Run(before)
        end = found.end()
        stressed = found["starred"] or found["lined"]
        if found["strong"]:
            yield Run(found["strong"], strong=True)
        elif stressed:
            yield Run(stressed, emphasis=True)
        else:
            yield Run(found["words"], target=safe_target(found["target"]))
    if end < len(words) or not end:
        yield Run(words[end:])


def _broken(lines: Sequence[str], number: int) -> ParagraphDraft:
    """A paragraph whose lines stay lines."""
    runs: list[Run] = []
    for line in lines:
        runs += [Run(BREAK), *_runs(" ".join(line.split()))]
    return ParagraphDraft(tuple(runs[1:]), number)
