"""The words of a file and of an article side by side: which are missing, torn or run together."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from leafcast.document.article import Article
from leafcast.readers.witness.align import Pairs, adjoining, matched, once_in_both, unmatched, whole
from leafcast.readers.witness.kinds import ASIDE, CAPTION, FOOTNOTE, MARKER, TEXT
from leafcast.readers.witness.passages import CALL, SAME, Passage, Tokens, tokens
from leafcast.readers.witness.told import note_texts, picture_texts, told_texts

MOST_TRIED: Final = 40_000
"""Pairs of words among which one is looked for that is spelt apart, or two in one."""

FEWEST: Final = 3
"""Words side by side that are no chance; and of how many of a passage one at least is there."""
LONG: Final = 10
"""Words of a text of the article of which a few are found where they do not belong."""


How = Literal["lost", "call", "alone", "joined", "torn", "uncalled", "cell", "swapped", "doubled"]
"""In which way words or a note's call are lost; each has a message in `findings`."""


class Loss(NamedTuple):
    """Words that are lost."""

    words: str
    line: int
    how: How = "lost"


class Comparison:
    """One file's words held against one article's.

    `missing` are places in the file's words, `spare` those in the article's that are none of its
    text. `pairs` leads from the one to the other; `text` are the places of the file's text.
    """

    def __init__(self, passages: Sequence[Passage], article: Article) -> None:
        self.passages = passages
        self.article = article
        self.texts = list(told_texts(article))
        self.source, self.told = self.word_by_word()
        self.pairs: dict[int, int] = {}
        self.missing: set[int] = set()
        self.spare: list[int] = []
        self.text: list[int] = []
        self.torn: list[Loss] = []
        self.told_at: dict[str, list[int]] = {}
        for at, word in enumerate(self.told.words):
            self.told_at.setdefault(word, []).append(at)

    def word_by_word(self) -> tuple[Tokens, Tokens]:
        """The words of the file and of the article; a passage that is the same in both is one."""
        pictured = set(picture_texts(self.article))
        ours = [_plain(each.words) if each.kind in TEXT else "" for each in self.passages]
        theirs = [_plain(text) for text in self.texts]
        seen = [
            "" if text in pictured else plain
            for text, plain in zip(self.texts, theirs, strict=True)
        ]
        for number, (at, other) in enumerate(once_in_both(ours, seen)):
            ours[at] = theirs[other] = f"{SAME}{number}"
        for at, passage in enumerate(self.passages):
            ours[at] = ours[at] or passage.words
        return tokens(ours), tokens(theirs)

    def find(self) -> None:
        """Find the text first; then, in what is left of the article, the words of other kinds,
        first what stands there as a whole.
        """
        text: list[int] = []
        others: dict[int, list[int]] = {}
        for at, number in enumerate(self.source.passages):
            kind = self.passages[number].kind
            if kind in TEXT or kind == CAPTION:
                text.append(at)
            elif kind != MARKER:
                others.setdefault(number, []).append(at)
        shown = set(picture_texts(self.article))
        pictured = [self.texts[number] in shown for number in self.told.passages]
        self.spare = [at for at, is_picture in enumerate(pictured) if not is_picture]
        self.hold(text)
        self.text = text
        self.spare = sorted({*self.spare, *(at for at, each in enumerate(pictured) if each)})
        others |= self.captions(text)
        for number, places in [each for each in others.items() if not self.hold_whole(each[1])]:
            if self.passages[number].kind in ("mark", ASIDE):
                self.missing |= set(places)
            else:
                self.hold(places)

    def captions(self, text: Sequence[int]) -> dict[int, list[int]]:
        """The captions that are not in the text, to be looked for among its pictures."""
        found: dict[int, list[int]] = {}
        for at in text:
            if self.kind(at) == CAPTION:
                found.setdefault(self.source.passages[at], []).append(at)
        beside = {number: own for number, own in found.items() if self.missing.issuperset(own)}
        for places in beside.values():
            self.missing -= set(places)
        return beside

    def hold(self, places: list[int]) -> None:
        """Look for the words at `places` among those of the article that are spare."""
        ours = [self.source.words[at] for at in places]
        theirs = [self.told.words[at] for at in self.spare]
        inside = self.source.passages
        first = {at for at, place in enumerate(places) if inside[place] != inside[place - 1]}
        pairs = self.likely(matched(ours, theirs, _same(ours, theirs)), places, ours, theirs)
        pairs = whole(adjoining(pairs, ours, theirs), ours, first)
        self.pairs |= {places[at]: self.spare[other] for at, other in pairs}
        left: list[int] = []
        for stretch in unmatched(pairs, len(ours), len(theirs)):
            mine = places[stretch.start : stretch.end]
            left += self.missed(mine, self.spare[stretch.other_start : stretch.other_end])
        self.spare = left

    def likely(self, pairs: Pairs, places: list[int], ours: list[str], theirs: list[str]) -> Pairs:
        """`pairs` without those that chance brought together; what these kept from its place is
        looked for once more.
        """
        mine = [self.source.passages[at] for at in places]
        others = [self.told.passages[at] for at in self.spare]
        passages = _by_chance(pairs, mine, others)
        texts = _by_chance([(other, at) for at, other in pairs], others, None)
        if not passages and not texts:
            return pairs
        left = [at for at, number in enumerate(mine) if number not in passages]
        right = [at for at, number in enumerate(others) if number not in texts]
        one, other = [ours[at] for at in left], [theirs[at] for at in right]
        return [(left[at], right[o]) for at, o in matched(one, other, _same(one, other))]

    def hold_whole(self, places: list[int]) -> bool:
        """Look for all the words at `places` side by side: of what stands as a whole, or not."""
        ours = [self.source.words[at] for at in places]
        for start in self.starts(ours[0]):
            at = self.spare[start]
            found = self.spare[start : start + len(ours)]
            if self.told.words[at : at + len(ours)] == ours and found == [
                *range(at, at + len(ours))
            ]:
                self.pairs |= dict(zip(places, found, strict=True))
                del self.spare[start : start + len(ours)]
                return True
        return False

    def starts(self, word: str) -> Iterator[int]:
        """Where a word stands among what is spare of the article."""
        for at in self.told_at.get(word, ()):
            start = bisect_left(self.spare, at)
            if start < len(self.spare) and self.spare[start] == at:
                yield start

    def kind(self, at: int) -> str:
        """The kind of the passage that a word of the file stands in."""
        return self.passages[self.source.passages[at]].kind

    # ------------------------------------------------------------ what is missing

    def missed(self, ours: list[int], theirs: list[int]) -> list[int]:
        """Note the words that the article has not, where it has `theirs`; what is left of these."""
        if len(ours) * len(theirs) > MOST_TRIED:
            self.missing |= set(ours)
            return theirs
        for at in list(theirs):
            if found := _spelling(ours, self.source.words, self.told.words[at]):
                theirs.remove(at)
                ours = [each for each in ours if each not in found]
                if any(self.source.gaps[each] for each in found[1:]) and not self.is_initial(found):
                    self.note(found, "joined")
        for at in list(ours):
            if found := _spelling(theirs, self.told.words, self.source.words[at]):
                ours.remove(at)
                theirs = [each for each in theirs if each not in found]
                if any(self.told.gaps[each] for each in found[1:]):
                    self.note([at], "torn")
        calls = [at for at in theirs if self.told.words[at] == CALL]
        numbers = [at for at in ours if self.kind(at) == "call"]
        called = dict(zip(numbers, calls, strict=False))
        self.pairs |= called
        self.missing |= set(ours) - called.keys()
        return [at for at in theirs if at not in called.values()]

    def is_initial(self, places: Sequence[int]) -> bool:
        """Whether two words are a large first letter, in a box of its own, and the rest."""
        if len(places) != 2 or len(self.source.words[places[0]]) != 1:
            return False
        return self.source.passages[places[0]] != self.source.passages[places[1]]

    def note(self, places: Sequence[int], how: How) -> None:
        """Note that the words at `places` are torn apart or run together."""
        line = self.passages[self.source.passages[places[0]]].line
        self.torn.append(Loss(" ".join(self.shown(places)), line, how))

    def shown(self, places: Iterable[int]) -> Iterator[str]:
        """Words as they stand in the file, and where a note is called."""
        for at in places:
            yield "[note]" if self.source.words[at] == CALL else self.source.words[at]

    def joined(self) -> Iterator[Loss]:
        """Words apart in the file between which the article has no space."""
        for at, other in self.pairs.items():
            if self.told.words[other] == CALL:
                continue
            behind, following = at + 1, other + 1
            while self.pairs.get(behind) == following and self.told.words[following] == CALL:
                behind, following = behind + 1, following + 1
            if self.pairs.get(behind) == following and self.runs_on(at, behind, following):
                line = self.passages[self.source.passages[at]].line
                words = f"{self.source.words[at]} {self.source.words[behind]}"
                yield Loss(words, line, "joined")

    def runs_on(self, before: int, at: int, other: int) -> bool:
        """Whether a word has a gap before it in the file alone."""
        return (
            self.source.gaps[at]
            and self.kind(before) not in (MARKER, "address")
            and not self.told.gaps[other]
            and self.source.words[at].isalnum()
            and self.source.words[before].isalnum()
        )

    def swapped(self) -> Iterator[Loss]:
        """Notes that stand in another one’s place: the calls are in order, and they are not. What
        a page calls and the article has in its text is none.
        """
        before = -1
        notes = len(self.texts) - len(list(note_texts(self.article)))
        for number in self.by_calls():
            start = bisect_left(self.source.passages, number)
            end = bisect_left(self.source.passages, number + 1)
            places = [self.pairs[at] for at in range(start, end) if at in self.pairs]
            places = [at for at in places if self.told.passages[at] >= notes]
            if places and places[0] < before:
                line = self.passages[number].line
                yield Loss(" ".join(self.shown(range(start, end))), line, "swapped")
            before = max(before, places[0] if places else -1)

    def by_calls(self) -> list[int]:
        """The passages of notes in the order in which the article calls them, as far as the file
        names them; else in theirs.
        """
        called: dict[str, int] = {}
        for at, number in enumerate(self.source.passages):
            if (
                (note := self.passages[number].note)
                and self.kind(at) == "call"
                and at in self.pairs
            ):
                called.setdefault(note, len(called))
        of_notes = [at for at, each in enumerate(self.passages) if each.kind == FOOTNOTE]
        named = [at for at in of_notes if self.passages[at].note in called or not called]
        return sorted(named, key=lambda at: called.get(self.passages[at].note, 0))

    def doubled(self) -> Iterator[Loss]:
        """Calls of notes that the article has more often than the file."""
        linked = sum(passage.kind == "call" for passage in self.passages)
        if self.told.words.count(CALL) > self.source.words.count(CALL) + linked:
            first = self.source.words.index(CALL) if CALL in self.source.words else 0
            line = self.passages[self.source.passages[first]].line if self.source.words else 0
            yield Loss("", line, "doubled")


def _spelling(places: list[int], words: Sequence[str], wanted: str) -> list[int]:
    """The first of `places`, one after the other and more than one, whose words spell `wanted`."""
    for first in range(len(places)):
        if not wanted.startswith(words[places[first]]):
            continue
        spelt = ""
        found: list[int] = []
        for at in places[first:]:
            if found and at != found[-1] + 1:
                break
            spelt += words[at]
            found.append(at)
            if len(spelt) >= len(wanted):
                break
        if spelt == wanted and len(found) > 1:
            return found
    return []


def _plain(words: str) -> str:
    return " ".join(words.split())


def _same(ours: Sequence[str], theirs: Sequence[str]) -> Pairs:
    """The texts that are the same in both, in order."""
    places = {word: at for at, word in enumerate(theirs) if word[0] == SAME}
    return [(at, places[word]) for at, word in enumerate(ours) if word in places]


def _by_chance(pairs: Pairs, mine: Sequence[int], others: Sequence[int] | None) -> set[int]:
    """The passages of which hardly a word is found, and none beside another: such words stand in
    another text by chance. Not so what is all of a text in `others`, or stands there beside a word
    of the next passage.
    """
    found: dict[int, Pairs] = {}
    for pair in pairs:
        found.setdefault(mine[pair[0]], []).append(pair)
    sizes = Counter(mine)
    texts = Counter(others or ())
    back = {other: mine[at] for at, other in pairs} if others else {}
    return {
        number
        for number, own in found.items()
        if len(own) * FEWEST < sizes[number]
        and _longest_run(own) < FEWEST
        and (others or sizes[number] >= LONG)
        and not (others and len(own) >= sum(texts[each] for each in {others[o] for _, o in own}))
        and not any(
            back.get(o + by, number) in (number - 1, number + 1) for _, o in own for by in (-1, 1)
        )
    }


def _longest_run(pairs: Pairs) -> int:
    """How many pairs stand directly behind each other, at most."""
    longest = run = 0
    before = (-2, -2)
    for at, other in pairs:
        run = run + 1 if before == (at - 1, other - 1) else 1
        longest, before = max(longest, run), (at, other)
    return longest
