"""How words are said: audio/lexicon.toml, the owner's file winning over leafcast's.

[words]       a word as it is written = as it is said, in ordinary letters
[ipa]         a word = its sounds, for a voice that takes them; others say it as in [words]
[patterns]    a regular expression = what is said instead, \\1 for its first group
[expansions]  letters = what they stand for: never said, but offered to screen readers
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from leafcast.narration.endless import is_endless
from leafcast.narration.model import VoiceSpec
from leafcast.narration.phonemes import LETTERS as LETTER_SOUNDS
from leafcast.narration.phonemes import possessive, to_kokoro
from leafcast.narration.voices import engine_of
from leafcast.practice.project import LEXICON_FILE, Project
from leafcast.practice.settings import SettingsFile, check_keys, read_settings

FILE: Final = LEXICON_FILE
TABLES: Final = ("words", "ipa", "patterns", "expansions")
LETTERS: Final = re.compile(r"[A-Z](?: (?:and )?[A-Z])+(?:’s)?")
ARTICLE: Final = "[A](/ɐ/) "
"""“A DBS check”: the voice would take it for one more letter."""
LONGEST_SHOWN: Final = 60
"""Letters of a pattern that are shown where it is none."""
NO_BREAK: Final = "\u00a0"
"""Stands between letters that are said one by one, until a text is ready for its voice."""

LETTER: Final = "\u2060"
"""Stands behind an A that is a letter, until a text is ready for its voice."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lexicon:
    """Pairs of a word as written and as said. A word is matched whole, with its capitals.

    `phonetic` says whether the voice takes sounds.
    """

    words: Pairs = ()
    ipa: Pairs = ()
    patterns: Pairs = ()
    expansions: Pairs = ()
    phonetic: bool = False

    def say(self, text: str, place: Callable[[str], str] = str) -> str:
        """`text` with everything of the lexicon as it is said, each put through `place`."""
        for pattern, said in self._compiled:
            text = pattern.sub(lambda found, said=said: place(found.expand(said)), text)  # type: ignore[misc]
        if not self._said:
            return text
        return self._words.sub(lambda found: self._say(found[1], found[2] or "", place), text)

    def letters(self, text: str) -> str:
        """`text` for its voice: where letters are said one by one, A is no article, and the stop
        after the last is the sentence's.
        """
        if self.phonetic:
            text = re.sub(f"(?<![\\w{NO_BREAK}])A (?=[A-Z]{NO_BREAK})", ARTICLE, text)
            near = f"(?<={NO_BREAK})(?:[Aa]\\b|[A-Z](?=[.]))|\\b[Aa](?=[{NO_BREAK}{LETTER}])"
            text = re.sub(near, _letter, text)
        return text.replace(NO_BREAK, " ").replace(LETTER, "")

    def _say(self, word: str, ending: str, place: Callable[[str], str]) -> str:
        if self.phonetic and (ipa := dict(self.ipa).get(word)):
            signs = to_kokoro(ipa)
            return place(f"[{word}{ending}](/{possessive(signs) if ending else signs}/)")
        said = self._said[word]
        return place(spaced(said)) + ending

    @cached_property
    def known(self) -> frozenset[str]:
        """The words it has."""
        return frozenset(self._said)

    @cached_property
    def _said(self) -> dict[str, str]:
        known = dict(self.ipa) if self.phonetic else {}
        return {**known, **dict(self.words)}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest_first = sorted(self._said, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        return re.compile(rf"(?<!\w)({words})([’']s)?(?!\w)")

    @cached_property
    def _compiled(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), said) for pattern, said in self.patterns)


def _letter(found: re.Match[str]) -> str:
    return f"[{found[0]}](/{LETTER_SOUNDS[found[0].upper()]}/)"


def spaced(said: str) -> str:
    """Letters said one by one, such as “A and E”, held together."""
    return said.replace(" ", NO_BREAK) if LETTERS.fullmatch(said) else said


# ---------------------------------------------------------------- reading


@dataclass(slots=True)
class _Entries:
    """What the files say, table by table."""

    words: dict[str, str] = field(default_factory=dict)
    ipa: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    expansions: dict[str, str] = field(default_factory=dict)

    def add(self, tables: dict[str, dict[str, str]]) -> None:
        """A nearer file's entries, which win: her spelling over another's sounds, too."""
        for word in (*tables["words"], *tables["ipa"]):
            self.words.pop(word, None)
            self.ipa.pop(word, None)
        self.words |= tables["words"]
        self.ipa |= tables["ipa"]
        self.patterns = {**tables["patterns"], **self.patterns}
        self.expansions |= tables["expansions"]


def read_lexicon(project: Project, voice: VoiceSpec | None = None) -> Lexicon:
    """The lexicon of the project, for `voice`.

    Raises SettingsError for a slip, with file, line and fix.
    """
    entries = _Entries()
    for folder in reversed(project.data):
        path = folder / FILE
        if path.exists():
            entries.add(check_lexicon(read_settings(path, FILE)))
    return Lexicon(
        _sorted(entries.words),
        _sorted(entries.ipa),
        tuple(entries.patterns.items()),
        _sorted(entries.expansions),
        phonetic=voice is not None and engine_of(voice).takes_sounds,
    )


def _sorted(entries: dict[str, str]) -> Pairs:
    return tuple(sorted(entries.items()))


def check_lexicon(file: SettingsFile) -> dict[str, dict[str, str]]:
    """The tables of one lexicon file. Raises SettingsError for a slip."""
    check_keys(file, file.values, set(TABLES), "")
    tables: dict[str, dict[str, str]] = {}
    for table in TABLES:
        entries = file.values.get(table, {})
        if not isinstance(entries, dict):
            raise file.error(f"“{table}” must be a table", f"Write [{table}] on a line", table)
        for key, said in entries.items():
            _check_entry(file, table, (key, said))
        tables[table] = dict(entries)
    return tables


def _check_entry(file: SettingsFile, table: str, entry: tuple[str, object]) -> None:
    key, said = entry
    if not isinstance(said, str) or not key.strip():
        raise file.error(
            f"“{key}” must be said with words in quotes",
            f'Write "{key}" = "as it is said"',
            key,
            table,
        )
    if table == "ipa":
        _check_sounds(file, key, said)
    elif table == "patterns":
        _check_pattern(file, key, said)
    elif table == "expansions" and not said.strip():
        raise file.error(f"“{key}” stands for nothing", "Write what it stands for", key, table)


def _check_sounds(file: SettingsFile, word: str, ipa: str) -> None:
    try:
        empty = not to_kokoro(ipa).strip("ˈˌ ")
    except ValueError as error:
        raise file.error(
            f"“{error}” in “{ipa}” is not an English sound",
            "Copy the sounds from a British dictionary, such as “ˈsaɪkəʊ”",
            word,
            "ipa",
        ) from None
    if empty:
        raise file.error(f"“{word}” has no sounds", "Write its sounds, or remove it", word, "ipa")


def _check_pattern(file: SettingsFile, pattern: str, said: str) -> None:
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:  # a number, or brackets, beyond all
        raise file.error(
            f"“{textwrap.shorten(pattern, LONGEST_SHOWN)}” is not a pattern: {error}",
            "Put a plain word into [words] instead",
            pattern,
            "patterns",
        ) from None
    if compiled.match(""):
        raise file.error(
            f"“{pattern}” would match everywhere", "Write at least one letter", pattern, "patterns"
        )
    if is_endless(pattern):
        raise file.error(
            f"“{textwrap.shorten(pattern, LONGEST_SHOWN)}” would take for ever on some sentences",
            "Leave out one of two repeats, of which one is in the other: a+ instead of (a+)+",
            pattern,
            "patterns",
        )
    try:
        compiled.sub(said, "")
    except (re.error, IndexError) as error:
        raise file.error(
            f"“{said}” cannot be said: {error}",
            "Put round brackets around the part of the pattern that is kept, and call it \\\\1",
            pattern,
            "patterns",
        ) from None
