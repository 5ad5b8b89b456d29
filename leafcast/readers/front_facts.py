"""The facts in front matter, in leafcast's words or another program's, each with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from leafcast.document.invisible import UNSEEN, cleaned, unseen_signs
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.locale.days import read_day
from leafcast.readers.front_lines import FrontLine, Head, HeadError, Value, head_lines
from leafcast.readers.front_names import (
    OWN,
    flattened,
    folded,
    is_draft,
    is_draft_key,
    meant,
    rank,
    words_of,
)
from leafcast.readers.links import shortened
from leafcast.readers.starter import SUMMARY as EXAMPLE_SUMMARY
from leafcast.readers.starter import example_left

KEYS: Final = (
    "title", "subtitle", "author", "language", "summary", "published", "review", "leaflet", "say",
    "voice", "accent", "motif", "cover",
)  # fmt: skip
REQUIRED: Final = ("title", "author", "published", "review")
LONGEST: Final = {"title": 1500, "subtitle": 1500, "author": 1500, "summary": 4000}
"""Letters beyond which it cannot be read; whether it fits on a cover, laying it out will tell."""
YEARS: Final = range(1980, 2108)
"""Years that files in a book can have, which is a zip (PKWARE APPNOTE, 4.4.6)."""

SHOWN: Final = 6
"""Names of what is left out; more are counted."""
APART: Final = ("reviewer", "reviewers", "reviewed", "reviewedby", "voices", "titles")
"""Names near to a key that do not mean it."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


@dataclass(slots=True)
class Facts:
    """What front matter says of an article: words by key, each with its line in the file.

    `draft` is the line on which it says that it is not to be published yet, 0 where it does not.
    `foreign` are its words of which leafcast's own keys have been made, or that mean nothing here.
    """

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    draft: int = 0
    foreign: bool = False

    def findings_of(self, code: str) -> list[Finding]:
        """The findings that have this code."""
        return [finding for finding in self.findings if finding.code == code]


@dataclass(frozen=True, slots=True)
class FrontWords:
    """What front matter says by its keys, with the lines; what is wrong goes to `findings`."""

    values: Mapping[str, str]
    lines: Mapping[str, int]
    origin: Origin
    findings: list[Finding]

    def find(self, code: str, severity: Severity, words: tuple[str, str], key: str) -> None:
        """Note what is wrong with the words of `key`, and the fix."""
        line = self.lines.get(key, 1)
        self.findings.append(self.origin.finding(code, severity, *words, line=line))


def read_facts(head: Head | str, origin: Origin) -> Facts:
    """What front matter says, in leafcast's words or another program's. Never raises."""
    facts = Facts()
    try:
        lines = head_lines(head if isinstance(head, Head) else Head(head))
    except HeadError as error:
        facts.findings.append(_unreadable(error.line, origin))
        return facts
    drafted = is_draft(lines)
    facts.draft = drafted.line if drafted else 0
    offered: dict[str, list[FrontLine]] = {}
    strange: list[FrontLine] = []
    for line in flattened(lines):
        key = meant(line) or (line.key if line.key in KEYS else "")
        if key:
            offered.setdefault(key, []).append(line)
        elif line is not drafted and not is_draft_key(line):
            strange.append(line)
    translated = []
    for key, each in offered.items():
        chosen = _choose(key, each, facts, origin)
        strange += [line for line in each if line is not chosen and rank(line.key)]
        translated += [(chosen.key, key)] if chosen and rank(chosen.key) else []
        if chosen and chosen.remark and key in LONGEST:
            facts.findings.append(_cut(chosen, origin))
    if not facts.values.get("published") and (day := day_of_name(origin)):
        facts.values["published"], facts.lines["published"] = day, 1
        translated.append(("the file’s name", "published"))
    facts.foreign = bool(translated or strange)
    facts.findings += _told_foreign(translated, strange, facts, origin)
    return facts


def _cut(line: FrontLine, origin: Origin) -> Finding:
    """What to say of words behind a #, which may have been meant."""
    return origin.finding(
        "front-matter-cut",
        Severity.ADVICE,
        f"What stands behind the # of {line.key} was left out: “{shortened(line.remark)}”",
        f'If it belongs to it, put all of it into quotation marks: {line.key}: "…"',
        line=line.line,
    )


def day_of_name(origin: Origin) -> str:
    """The day with which a file's name begins, as Jekyll has it: 2023-08-14-what-is-grief."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?=\b|_)", PurePosixPath(origin.shown).name)
    return found[0] if found else ""


def _choose(key: str, offered: list[FrontLine], facts: Facts, origin: Origin) -> FrontLine | None:
    """Take the words of one fact from the line that is believed first; that line."""
    offered = sorted(offered, key=lambda line: rank(line.key))
    own = [line for line in offered if not rank(line.key)]
    if own[1:]:
        facts.findings.append(_twice(own, origin))
    for line in offered:
        words = words_of(key, line.value) if key in OWN else _words(line.value)
        if rank(line.key) and not is_usable(key, words):
            continue
        facts.lines.setdefault(key, line.line)
        if words == EXAMPLE_SUMMARY:
            facts.findings.append(example_left(line.line, origin))
            return line
        if not isinstance(line.value, str) and not words and key != "author":
            facts.findings.append(_not_words(key, line, origin))
            continue
        if UNSEEN.search(words):  # written as \u202E, for all the file is clean
            facts.findings.append(unseen_signs(origin, [line.line]))
        facts.values[key] = " ".join(cleaned(words).split())
        if facts.values[key]:
            facts.lines[key] = line.line
            return line
    return own[0] if own else None


def _words(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def is_usable(key: str, words: str) -> bool:
    """Whether words of another program, or under another name, can be this fact."""
    if key in ("published", "review"):
        with suppress(ValueError):
            return read_day(words).year in YEARS
        return False
    if key == "language":
        return bool(LANGUAGE.match(words))
    return 0 < len(words) <= LONGEST.get(key, LONGEST["summary"])


# ---------------------------------------------------------------- what is wrong


def _unreadable(line: int, origin: Origin) -> Finding:
    return origin.finding(
        "front-matter-unreadable",
        Severity.ERROR,
        "This line of the front matter cannot be read",
        'Write key: "words", in straight double quotes if there is a colon',
        line=line,
    )


def _not_words(key: str, line: FrontLine, origin: Origin) -> Finding:
    return origin.finding(
        "front-matter-not-words",
        Severity.ERROR if key in REQUIRED else Severity.WARNING,
        f"“{line.key}” must be words on one line",
        f'Write {key}: "…"',
        line=line.line,
    )


def _twice(lines: Sequence[FrontLine], origin: Origin) -> Finding:
    return origin.finding(
        "front-matter-twice",
        Severity.ERROR,
        f"“{lines[1].key}” stands here a second time (first on line {lines[0].line})",
        "Keep one of them",
        line=lines[1].line,
    )


def _told_foreign(
    translated: Sequence[tuple[str, str]],
    strange: Sequence[FrontLine],
    facts: Facts,
    origin: Origin,
) -> Iterator[Finding]:
    """What was read under another name, what may be misspelt, and what is left out."""
    if translated:
        said = [f"{_named(name)} as {key}" for name, key in translated]
        yield origin.finding(
            "front-matter-translated",
            Severity.ADVICE,
            f"Lines of another program were understood: {listed(said)}",
            "Correct them there if they are not",
            line=min(facts.lines[key] for _, key in translated),
        )
    left_out = []
    for line in strange:
        near = _near(line.key)
        if near and not facts.values.get(near):
            yield origin.finding(
                "unknown-key",
                Severity.WARNING,
                f"“{line.key}” is not something leafcast knows about an article",
                f"Did you mean “{near}”?",
                line=line.line,
            )
        else:
            left_out.append(line)
    if left_out:
        names = [f"“{name}”" for name in dict.fromkeys(line.key for line in left_out)]
        most = [*names[:SHOWN], f"{len(names) - SHOWN} more"] if len(names) > SHOWN else names
        means = "means nothing here and is" if len(names) == 1 else "mean nothing here and are"
        yield origin.finding(
            "unknown-key",
            Severity.ADVICE,
            f"{listed(most)} {means} left out",
            f"Nothing need be done. Known are {', '.join(KEYS)}",
            line=left_out[0].line,
        )


def _named(name: str) -> str:
    return name if name.startswith("the ") else f"“{name}”"


def _near(name: str) -> str:
    """The key that a name may be meant to be; "" where none."""
    if folded(name) in APART:
        return ""
    return next(iter(difflib.get_close_matches(name.casefold(), KEYS, 1, 0.8)), "")


def listed(words: Sequence[str]) -> str:
    """`words` as one says them: one, two and three."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
