"""The list of articles: each in a row, as it stands; at first by its title alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.locale.days import today
from leafcast.readers import article_slug

if TYPE_CHECKING:
    from leafcast.document.article import Article
    from leafcast.studio.wording import Notice

SOON_DAYS: Final = 60
"""A review that falls due within so many days is told."""
MOST_HEAD_BYTES: Final = 4096
TITLE: Final = re.compile(
    r"\A\ufeff?---[ \t]*\n(?:(?!---).*\n)*?title:[ \t]*([\"']?)(.+?)\1[ \t]*\n"
)
"""A title as leafcast itself writes it, in one line of the front matter."""


class State(StrEnum):
    """How an article stands."""

    WELL = "well"
    LOOK = "look"
    CHANGED = "changed"
    NEW = "new"
    UNREADABLE = "unreadable"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the list: its title, how it stands, and what deserves a look."""

    slug: str
    title: str
    path: Path
    state: State
    notices: tuple[Notice, ...] = ()
    review: date | None = None
    article: Article | None = None
    made: bool = False
    changed: bool = False

    @property
    def weighty(self) -> tuple[Notice, ...]:
        """What is to be put right, and not advice alone."""
        return tuple(each for each in self.notices if each.weighty)

    @property
    def line(self) -> str:
        """How it stands, in one line."""
        match self.state:
            case State.UNREADABLE:
                return "I cannot read this one. Nothing in it was changed."
            case State.LOOK:
                return told(self.weighty)
            case State.UNREAD:
                return "leafcast is reading it."
            case State.NEW:
                return "Nothing is made of it yet."
            case State.CHANGED:
                return "You changed it; the leaflet is still the old one."
            case _:
                return "All is well."

    @property
    def summary(self) -> str:
        """How many things deserve a look, in one line."""
        return told(self.notices)

    @property
    def due_in(self) -> int | None:
        """In how many days it is to be read again, where that is soon; less than 0 once past."""
        days = (self.review - today()).days if self.review else SOON_DAYS + 1
        return days if days <= SOON_DAYS else None


def told(notices: tuple[Notice, ...]) -> str:
    """How many things there are, weighty ones first, in one line."""
    right = sum(each.weighty for each in notices)
    advice = len(notices) - right
    if not notices:
        return "All is well"
    words = []
    if right:
        words.append(f"{counted(right)} to put right")
    if advice:
        words.append(f"{counted(advice).lower() if right else counted(advice)} worth a look")
    return ", ".join(words)


def counted(count: int) -> str:
    """`One thing`, `Two things`."""
    names = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    name = names[count] if count < len(names) else str(count)
    return f"{name} thing{'' if count == 1 else 's'}"


def in_title_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The list, by its titles."""
    return tuple(sorted(entries, key=lambda each: each.title.casefold()))


def unread(paths: Iterable[Path]) -> tuple[Entry, ...]:
    """The list before any article is read: whole, with the titles that are seen at a glance."""
    found = {article_slug(path): path for path in reversed(tuple(paths))}
    return in_title_order(
        Entry(slug, title_in(path), path, State.UNREAD) for slug, path in found.items()
    )


def title_in(path: Path) -> str:
    """What the file's first lines call it; else its name, in words."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(MOST_HEAD_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
        if found := TITLE.match(head):
            return found[2]
    return path.stem.replace("-", " ").capitalize()
