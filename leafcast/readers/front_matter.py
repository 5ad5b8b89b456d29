"""The lines between --- and --- at the top of an article: what it is called, and by whom."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from leafcast.readers.letters import UNSEEN, cleaned, unseen_signs
from leafcast.readers.mark_kinds import LEAFLET, NAME, SAY, VOICE, read_value
from leafcast.readers.marks import WrittenMark
from leafcast.readers.origin import Origin
from leafcast.report import Finding, Severity

KEYS: Final = (
    "title", "subtitle", "author", "language", "summary", "published", "review", "leaflet", "say",
    "voice",
)  # fmt: skip
REQUIRED: Final = ("title", "author", "published", "review")
LONGEST_DAYS: Final = 3 * 366
"""A leaflet is reviewed within three years (PIF TICK, Royal College of Psychiatrists)."""

LONGEST: Final = {"title": 1500, "subtitle": 1500, "author": 1500, "summary": 4000}
"""Letters beyond which it cannot be read; whether it fits on a cover, laying it out will tell."""
YEARS: Final = range(1980, 2108)
"""Years that files in a book can have, which is a zip (PKWARE APPNOTE, 4.4.6)."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says.

    `marks` are the introduction's; `voice` reads the article, with the line that says so.
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


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """The front matter (None when there is none), the body, and the lines above the body."""
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.S | re.M)
    if not found:
        return None, text, 0
    return found[1], text[found.end() :], found[0].count("\n")


def read_front_matter(
    head: str | None, origin: Origin
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The front matter as settings, and everything that is wrong with it."""
    if head is None:
        missing = origin.finding(
            "no-front-matter",
            Severity.ERROR,
            "The article does not say what it is called, by whom and of when",
            "Begin the file with lines such as ---, title: …, author: …, published: 2026-11-24, "
            "review: 2029-11-24, ---",
            line=1,
        )
        return None, (missing,)
    values, lines, findings = _read_values(head, origin)
    findings += _unknown_keys(lines, origin)
    for key in REQUIRED:
        told = key in lines.keys() - values or findings_about(findings, "front-matter-unreadable")
        if not values.get(key) and not told:
            findings.append(
                origin.finding(
                    f"no-{key}",
                    Severity.ERROR,
                    f"The article has no {key}",
                    f"Add a line to its top: {key}: {example(key)}",
                    line=lines.get(key, 1),
                )
            )
    dates = {key: _read_date(key, values, lines, (origin, findings)) for key in REQUIRED[2:]}
    language = values.get("language") or "en-GB"
    if not LANGUAGE.match(language):
        findings.append(
            origin.finding(
                "wrong-language",
                Severity.ERROR,
                f"“{language}” is not a language code",
                "Write language: en-GB",
                line=lines["language"],
            )
        )
    findings += _too_long(values, lines, origin)
    marks = tuple(_read_marks(values, lines, (origin, findings)))
    voice = _read_voice(values, lines, (origin, findings))
    published, review = dates["published"], dates["review"]
    if published and review:
        findings += _check_dates(published, review, lines["review"], origin)
    if published is None or review is None or _failed(findings):
        return None, tuple(findings)
    known = {key: values.get(key, "") for key in ("title", "author", "subtitle", "summary")}
    front = FrontMatter(
        published=published, review=review, language=language, marks=marks, voice=voice, **known
    )
    return front, tuple(findings)


def _too_long(values: dict[str, str], lines: dict[str, int], origin: Origin) -> list[Finding]:
    return [
        origin.finding(
            f"{key}-too-long",
            Severity.ERROR,
            f"The {key} has {len(values[key]):,} letters, more than the {most:,} there is room for",
            "Shorten it; what it says beyond belongs into the text",
            line=lines[key],
        )
        for key, most in LONGEST.items()
        if len(values.get(key, "")) > most
    ]


def findings_about(findings: list[Finding], code: str) -> bool:
    """Whether one of `findings` has this code."""
    return any(finding.code == code for finding in findings)


def _failed(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _read_values(head: str, origin: Origin) -> tuple[dict[str, str], dict[str, int], list[Finding]]:
    """Keys with their words and their lines. Nothing but plain words is taken from YAML."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    findings: list[Finding] = []
    try:
        node = _composed(head, loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return (
            values,
            lines,
            [
                origin.finding(
                    "front-matter-unreadable",
                    Severity.ERROR,
                    "This line of the front matter cannot be read",
                    'Write key: "words", in straight double quotes if there is a colon',
                    line=line,
                )
            ],
        )
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        line = key.start_mark.line + 2
        name = str(key.value)
        if not isinstance(value, yaml.ScalarNode):
            findings.append(
                origin.finding(
                    "front-matter-not-words",
                    Severity.ERROR,
                    f"“{name}” must be words on one line",
                    f'Write {name}: "…"',
                    line=line,
                )
            )
            lines.setdefault(name, line)
        elif name in lines:
            findings.append(
                origin.finding(
                    "front-matter-twice",
                    Severity.ERROR,
                    f"“{name}” stands here a second time (first on line {lines[name]})",
                    "Keep one of them",
                    line=line,
                )
            )
        else:
            empty = value.tag.endswith(":null")
            if UNSEEN.search(value.value):  # written as \u202E, for all the file is clean
                findings.append(unseen_signs(origin, [line]))
            values[name] = "" if empty else " ".join(cleaned(value.value).split())
            lines[name] = line
    return values, lines, findings


def _composed(head: str, loader: Any) -> Any:
    """The front matter's nodes. Raises YAMLError; also for words that stand for others, of which
    a few lines can make a book.
    """
    for event in yaml.parse(head, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)  # type: ignore[arg-type]
    return yaml.compose(head, Loader=loader)


def _unknown_keys(lines: dict[str, int], origin: Origin) -> list[Finding]:
    findings = []
    for name, line in lines.items():
        if name not in KEYS:
            near = difflib.get_close_matches(name, KEYS, 1, 0.5)
            fix = f"Did you mean “{near[0]}”?" if near else f"Known are {', '.join(KEYS)}"
            findings.append(
                origin.finding(
                    "unknown-key",
                    Severity.ERROR,
                    f"“{name}” is not something leafcast knows about an article",
                    fix,
                    line=line,
                )
            )
    return findings


def _read_marks(
    values: dict[str, str],
    lines: dict[str, int],
    state: tuple[Origin, list[Finding]],
) -> Iterator[WrittenMark]:
    """The introduction's marks. YAML takes the quotes of their words away."""
    origin, findings = state
    for kind in (LEAFLET, SAY):
        if kind.word not in values:
            continue
        line, words = lines[kind.word], values[kind.word]
        value = read_value(kind, words, in_front=True)
        if value.fault:
            code, message, fix = value.fault
            findings.append(origin.finding(code, Severity.WARNING, message, fix, line=line))
        if value.choice:
            yield WrittenMark(line, 0, value.choice, value.words, kind)


def _read_voice(
    values: dict[str, str],
    lines: dict[str, int],
    state: tuple[Origin, list[Finding]],
) -> tuple[str, int]:
    """The voice that reads the article, and its line; "" where none is named."""
    origin, findings = state
    name = values.get(VOICE.word, "")
    if name and not NAME.match(name):
        findings.append(
            origin.finding(
                "voice-mark-unknown",
                Severity.WARNING,
                f"“{name}” is not the name of a voice, and is left out",
                VOICE.example,
                line=lines[VOICE.word],
            )
        )
        return "", 0
    return name, lines.get(VOICE.word, 0)


def _read_date(
    key: str,
    values: dict[str, str],
    lines: dict[str, int],
    state: tuple[Origin, list[Finding]],
) -> date | None:
    origin, findings = state
    if not values.get(key):
        return None
    try:
        day = date.fromisoformat(values[key])
        if day.year in YEARS:
            return day
        what = f"is in no year from {YEARS[0]} to {YEARS[-1]}, as all dates here must be"
    except ValueError:
        what = "is not a date"
    findings.append(
        origin.finding(
            "wrong-date",
            Severity.ERROR,
            f"“{values[key]}” {what}",
            f"Write year, month and day: {key}: {example(key)}",
            line=lines[key],
        )
    )
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
    examples = {"published": "2026-11-24", "review": "2029-11-24", "title": '"Its title"'}
    return examples.get(key, '"A name"')
