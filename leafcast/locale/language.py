"""A language: our own words in it, its dates, how its text is said and how it is brailled.

English is here. Another is a package of its own, which names a `Language` as an entry point:

    [project.entry-points."leafcast.languages"]
    cy = "leafcast_cymraeg:CYMRAEG"

Its words are a catalogue as gettext makes it, from leafcast/locale/leafcast.pot. A message holds
the places of names and numbers as `{name}`, as str.format has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from gettext import NullTranslations
from importlib.metadata import EntryPoint
from typing import Final

from leafcast.locale.days import MONTHS
from leafcast.locale.installed import installed_points
from leafcast.locale.sentence_ends import sentence_spans

GROUP: Final = "leafcast.languages"
SAID_IN_SCRIPT: Final = re.compile(r'\bsay\("([^"]+)"')
"""Our words in a page's script: `say("Part {number}", { number: 1 })`."""


@dataclass(frozen=True, slots=True)
class Language:
    """What one language brings.

    `tag` is by BCP 47. `catalogue` has our own words; where it has none they are English. `spoken`
    is the function that says text, as leafcast.narration.spoken.spoken_text does, which is taken
    where there is none. `sentence_spans` gives start and end of each sentence of a text, without
    the white space around it. `ueb` says whether Unified English Braille is right for it. `version`
    differs whenever any of it does: what was made with another is made anew.
    """

    tag: str
    catalogue: NullTranslations = field(default_factory=NullTranslations)
    spoken: Callable[..., str] | None = None
    sentence_spans: Callable[[str], Iterator[tuple[int, int]]] = sentence_spans
    ueb: bool = False
    version: str = ""

    def gettext(self, message: str) -> str:
        """Our words `message`, which are English, in this language."""
        return self.catalogue.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same, in the form that so many of a thing take."""
        return self.catalogue.ngettext(one, many, count)

    def in_words(self, day: date) -> str:
        """A day as people write it: 24 November 2026."""
        month = self.gettext(MONTHS[day.month - 1])
        return self.gettext("{day} {month} {year}").format(day=day.day, month=month, year=day.year)

    def within(self, other: str) -> str:
        """The `lang` that our words need in text of the language `other` (WCAG 2.2, 3.1.2): this
        one's tag, or "" where it is the same language.
        """
        return "" if primary(other) == primary(self.tag) else self.tag


ENGLISH: Final = Language("en-GB", ueb=True)


def marked(message: str) -> str:
    """Our words as they are in English, which are put into a language where they are used."""
    return message


def primary(tag: str) -> str:
    """The language of a tag without its region and script."""
    return tag.partition("-")[0].casefold()


def is_known(tag: str) -> bool:
    """Whether there is a language here for text of this tag."""
    return primary(language_of(tag).tag) == primary(tag)


@cache
def language_of(tag: str) -> Language:
    """The language of `tag`, or the nearest; English where there is none."""
    if tag in ("en", ENGLISH.tag):
        return ENGLISH
    found = _named()
    for each in (tag.casefold(), primary(tag)):
        if each in found:
            return _loaded(found[each])
    return ENGLISH


def all_versions() -> tuple[tuple[str, str], ...]:
    """Every language that other packages bring, and its version."""
    found = ((name, _loaded(point)) for name, point in sorted(_named().items()))
    return tuple((name, each.version) for name, each in found)


def _loaded(point: EntryPoint) -> Language:
    """The language of a package; English where the package is broken."""
    try:
        language = point.load()
    except (ImportError, AttributeError, SyntaxError, TypeError, ValueError, LookupError):
        return ENGLISH
    return language if isinstance(language, Language) else ENGLISH


def _named() -> Mapping[str, EntryPoint]:
    """The languages of other packages that are installed, by their names."""
    return {each.name.casefold(): each for each in installed_points().select(group=GROUP)}
