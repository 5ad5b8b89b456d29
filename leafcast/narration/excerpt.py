"""Which passages of an article are meant: by id, by the beginning of one, or by number."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from leafcast.document.errors import UsageError
from leafcast.narration.model import Passage, Script


def choose_passages(scripts: Mapping[str, Script], wanted: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the passages that `wanted` name, by the article's slug, in reading order.

    Raises UsageError for a name that no article has, or that fits several passages of one.
    """
    found: dict[str, set[str]] = {slug: set() for slug in scripts}
    for name in wanted:
        for slug, script in scripts.items():
            found[slug] |= _one(matching(script.passages, name), name)
        if not any(matching(script.passages, name) for script in scripts.values()):
            raise _unknown(name, scripts.values())
    return {
        slug: [passage.id for passage in script.passages if passage.id in found[slug]]
        for slug, script in scripts.items()
    }


def matching(passages: Iterable[Passage], name: str) -> list[Passage]:
    """The passage called `name` or of that number; else all whose ids begin so."""
    told, name = tuple(passages), name.strip().casefold()
    if name.isdecimal() and (numbered := [each for each in told if each.number == int(name)]):
        return numbered
    exact = [each for each in told if each.id == name]
    return exact or [each for each in told if name and each.id.startswith(name)]


def _one(passages: list[Passage], name: str) -> set[str]:
    if len(passages) > 1:
        ids = ", ".join(passage.id for passage in passages)
        raise UsageError(f"“{name}” may be several sections", f"Say more of one: {ids}")
    return {passage.id for passage in passages}


def _unknown(name: str, scripts: Iterable[Script]) -> UsageError:
    passages = [passage for script in scripts for passage in script.passages]
    name = name.strip().casefold()
    spelt = {part: each.id for each in passages for part in (each.id[: len(name)], each.id)}
    near = [spelt[part] for part in difflib.get_close_matches(name, spelt, 1, 0.5)]
    there = ", ".join(f"{each.number} {each.id}" for each in passages) or "none yet"
    meant = f"Did you mean “{near[0]}”? " if near else ""
    return UsageError(f"There is no section called “{name}”", f"{meant}There are: {there}")
