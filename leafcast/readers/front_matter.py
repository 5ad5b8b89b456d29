"""What the top of an article says: what it is called, by whom it is, and of when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from leafcast.document.article import Face
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.locale.days import read_day
from leafcast.readers.front_face import read_face
from leafcast.readers.front_facts import (
    KEYS as KEYS,
)
from leafcast.readers.front_facts import (
    LANGUAGE,
    LONGEST,
    REQUIRED,
    YEARS,
    Facts,
    FrontWords,
    listed,
    read_facts,
)
from leafcast.readers.front_lines import Head
from leafcast.readers.mark_kinds import LEAFLET, NAME, SAY, VOICE, read_value
from leafcast.readers.marks import WrittenMark

LONGEST_DAYS: Final = 3 * 366
"""A leaflet is reviewed within three years (PIF TICK, Royal College of Psychiatrists)."""

MISSING: Final = frozenset(f"no-{key}" for key in REQUIRED)
PLAIN: Final = Face()
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says.

    `marks` are the introduction's; `voice` reads the article, with the line that says so; `face`
    is how its cover differs.
    """

    title: str
    author: str
    published: date
    review: date
    language: str = "en-GB"
    subtitle: str = ""
    summary: str = ""
    marks: tuple[WrittenMark, ...] = ()
    voice: tuple[str, int] = ("", 0)
    face: Face = PLAIN


def read_front_matter(
    head: Head | str | None, origin: Origin, otherwise: Mapping[str, str] = NOTHING
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The front matter as settings, and everything that is wrong with it.

    `otherwise` holds where it does not say something.
    """
    if head is None:
        missing = origin.finding(
            "no-front-matter",
            Severity.ERROR,
            "The article does not say what it is called, by whom and of when",
            "Begin the file with lines such as ---, title: …, author: …, published: 2026-11-24, "
            f"review: 2029-11-24, ---; or let them be written: leafcast new {origin.shown}",
            line=1,
        )
        return None, (missing,)
    return front_of(read_facts(head, origin), origin, otherwise)


def front_of(
    facts: Facts, origin: Origin, otherwise: Mapping[str, str] = NOTHING
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The settings that facts give, and everything that is wrong with them."""
    lines, findings = facts.lines, facts.findings
    values = {**otherwise, **{key: words for key, words in facts.values.items() if words}}
    findings += _missing(values, facts, origin)
    said = FrontWords(values, lines, origin, findings)
    dates = {key: _read_date(key, said) for key in REQUIRED[2:]}
    language = values.get("language") or "en-GB"
    if not LANGUAGE.match(language):
        words = (f"“{language}” is not a language code", "Write language: en-GB")
        said.find("wrong-language", Severity.ERROR, words, "language")
    _check_lengths(said)
    marks = tuple(_read_marks(said))
    voice = _read_voice(said)
    face = read_face(said)
    published, review = dates["published"], dates["review"]
    if published and review:
        findings += _check_dates(published, review, lines["review"], origin)
    if published is None or review is None or _failed(findings):
        return None, tuple(findings)
    known = {key: values.get(key, "") for key in ("title", "author", "subtitle", "summary")}
    front = FrontMatter(
        published=published,
        review=review,
        language=language,
        marks=marks,
        voice=voice,
        face=face,
        **known,
    )
    return front, tuple(findings)


def _missing(values: Mapping[str, str], facts: Facts, origin: Origin) -> list[Finding]:
    """A finding for each fact that an article must have, and that nothing says."""
    if findings_about(facts.findings, "front-matter-unreadable"):
        return []
    told = facts.lines.keys() - facts.values.keys()
    return [
        origin.finding(
            f"no-{key}",
            Severity.ERROR,
            f"The article has no {key}",
            f"Add a line to its top: {key}: {example(key)}",
            line=facts.lines.get(key, 1),
        )
        for key in REQUIRED
        if not values.get(key) and key not in told
    ]


def asked_once(findings: Iterable[Finding], origin: Origin) -> tuple[Finding, ...]:
    """`findings` with all facts that are missing asked for in one of them."""
    found = tuple(findings)
    missing = [each for each in found if each.code in MISSING]
    if len(missing) < 2:
        return found
    keys = [each.code.removeprefix("no-") for each in missing]
    lines = ", ".join(f"{key}: {example(key)}" for key in keys)
    asked = origin.finding(
        "facts-missing",
        Severity.ERROR,
        f"The article has no {listed(keys)}",
        f"Add lines to its top: {lines}; or let them be written: leafcast new {origin.shown}",
        line=1,
    )
    return (asked, *(each for each in found if each not in missing))


def _check_lengths(said: FrontWords) -> None:
    for key, most in LONGEST.items():
        if (length := len(said.values.get(key, ""))) > most:
            words = f"The {key} has {length:,} letters, more than the {most:,} there is room for"
            fix = "Shorten it; what it says beyond belongs into the text"
            said.find(f"{key}-too-long", Severity.ERROR, (words, fix), key)


def findings_about(findings: list[Finding], code: str) -> bool:
    """Whether one of `findings` has this code."""
    return any(finding.code == code for finding in findings)


def _failed(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _read_marks(said: FrontWords) -> Iterator[WrittenMark]:
    """The introduction's marks. YAML takes the quotes of their words away."""
    for kind in (LEAFLET, SAY):
        if kind.word not in said.values:
            continue
        value = read_value(kind, said.values[kind.word], in_front=True)
        if value.fault:
            code, *words = value.fault
            said.find(code, Severity.WARNING, (words[0], words[1]), kind.word)
        if value.choice:
            yield WrittenMark(said.lines[kind.word], 0, value.choice, value.words, kind)


def _read_voice(said: FrontWords) -> tuple[str, int]:
    """The voice that reads the article, and its line; "" where none is named."""
    name = said.values.get(VOICE.word, "")
    if name and not NAME.match(name):
        words = (f"“{name}” is not the name of a voice, and is left out", VOICE.example)
        said.find("voice-mark-unknown", Severity.WARNING, words, VOICE.word)
        return "", 0
    return name, said.lines.get(VOICE.word, 0)


def _read_date(key: str, said: FrontWords) -> date | None:
    words = said.values.get(key)
    if not words:
        return None
    try:
        day = read_day(words)
        if day.year in YEARS:
            return day
        what = f"is in no year from {YEARS[0]} to {YEARS[-1]}, as all dates here must be"
    except ValueError as error:
        what = str(error)
    fix = f"Write year, month and day: {key}: {example(key)}"
    said.find("wrong-date", Severity.ERROR, (f"“{words}” {what}", fix), key)
    return None


def _check_dates(published: date, review: date, line: int, origin: Origin) -> list[Finding]:
    if review <= published:
        return [
            origin.finding(
                "review-before-published",
                Severity.ERROR,
                "The review date is not after the publication date",
                "Set review to a later day, at most three years after published",
                line=line,
            )
        ]
    if (review - published).days > LONGEST_DAYS:
        return [
            origin.finding(
                "review-too-late",
                Severity.WARNING,
                "The review is more than three years after publication",
                "Readers trust a leaflet that is read again within three years",
                line=line,
            )
        ]
    return []


def example(key: str) -> str:
    """What an owner may write behind a key, as YAML has it."""
    examples = {"published": "2026-11-24", "review": "2029-11-24", "title": '"Its title"'}
    return examples.get(key, '"A name"')
