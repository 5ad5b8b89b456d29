"""What changed since the last upload, in the owner's words.

The state of the last upload is kept in .leafcast/uploaded.json: each article's sections as hashes,
and each file's sum. The owner says when she has uploaded; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from leafcast.document.article import Article
from leafcast.document.errors import regular
from leafcast.practice.project import Project
from leafcast.site.parts import Site
from leafcast.state.cache import digest, write_beside
from leafcast.state.canonical import plain

FILE: Final = "uploaded.json"
PARTS: Final = {
    "title": "the title",
    "author": "the author",
    "dates": "the dates",
    "summary": "the summary",
    "introduction": "the introduction",
    "closing": "the closing words",
    "notes": "the notes",
}
"""What an article has besides its sections, as the owner would say it."""


@dataclass(frozen=True, slots=True)
class State:
    """What stood in dist/ at one time.

    `titles` by slug; `texts` by slug and part, a heading or one of `PARTS`, as hashes; `sums` by
    path.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one publication ("" for what belongs to all): in words, and which files."""

    slug: str
    words: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


NOTHING: Final = State({}, {}, {})
"""Before the first upload."""


# ---------------------------------------------------------------- states


def state_of(site: Site) -> State:
    """What stands in dist/ now."""
    files = [
        file
        for editions in (*(each.editions for each in site.publications), site.parts)
        for record in editions.values()
        for file in record.files
    ]
    return State(
        {each.article.slug: each.article.title for each in site.publications},
        {each.article.slug: dict(_texts(each.article)) for each in site.publications},
        {file.path: file.sha256 for file in files},
    )


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    yield "title", digest(article.title, article.subtitle)
    yield "author", digest(article.author)
    yield "dates", digest(article.published.isoformat(), article.review.isoformat())
    yield "summary", digest(article.summary)
    yield "introduction", digest(plain(article.introduction))
    for section in article.sections:
        yield f"#{section.heading.text}", digest(plain(section.blocks), plain(section.sections))
    yield "closing", digest(plain(article.byline), plain(article.call_to_action))
    yield "notes", digest(plain(article.notes))


def read_uploaded(project: Project) -> State | None:
    """The state of the last upload; None when none was told of, or it cannot be read."""
    try:
        stored: dict[str, Any] = json.loads(regular(project.work / FILE).read_bytes())
        return State(stored["titles"], stored["texts"], stored["sums"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark_uploaded(project: Project, state: State) -> Path:
    """Remember `state` as uploaded. Raises OSError when it cannot be written."""
    path = project.work / FILE
    write_beside(path, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode())
    return path


# ---------------------------------------------------------------- compared


def changes(before: State, after: State) -> tuple[Change, ...]:
    """What changed from one state to the other, by publication; what belongs to all comes last."""
    slugs = [*after.titles, *(slug for slug in before.titles if slug not in after.titles)]
    was, now = _sums(before), _sums(after)
    found = (
        _change(slug, (before, after), (was.get(slug, {}), now.get(slug, {})))
        for slug in (*slugs, "")
    )
    return tuple(change for change in found if change.new or change.changed or change.removed)


def _change(
    slug: str, states: tuple[State, State], sums: tuple[Mapping[str, str], Mapping[str, str]]
) -> Change:
    was, now = sums
    return Change(
        slug,
        _words(slug, *states),
        tuple(sorted(path for path in now if path not in was)),
        tuple(sorted(path for path in now if path in was and was[path] != now[path])),
        tuple(sorted(path for path in was if path not in now)),
    )


def _sums(state: State) -> dict[str, dict[str, str]]:
    """The sums of each publication's files by its slug; of those that belong to all, by ""."""
    sums: dict[str, dict[str, str]] = {}
    for path, sha256 in state.sums.items():
        first = path.partition("/")[0]
        sums.setdefault(first if first in state.titles else "", {})[path] = sha256
    return sums


def _words(slug: str, before: State, after: State) -> str:
    if not slug:
        return "What belongs to all publications"
    title = after.titles.get(slug) or before.titles[slug]
    if slug not in after.titles:
        return f"“{title}” was taken away"
    if slug not in before.titles:
        return f"“{title}” is new"
    parts = [*_parts(before.texts.get(slug, {}), after.texts[slug])]
    if not parts:
        return f"“{title}”: its words are the same; how it looks or sounds changed"
    return f"“{title}”: {_listed(parts)} changed"


def _parts(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """The parts of a text that differ, in its order, as the owner would name them."""
    for part, text in now.items():
        if was.get(part) != text:
            new = " (new)" if part not in was else ""
            yield PARTS.get(part, f"“{part.removeprefix('#')}”") + new
    for part in was:
        if part not in now:
            yield f"“{part.removeprefix('#')}” (taken out)"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
