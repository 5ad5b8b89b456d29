"""What is ordered of an article that is made elsewhere, and what comes back: plain data alone.

Who gives an order (`build.elsewhere`) and who carries it out (`build.carry_out`), on this machine
or another, have to mean the same: the same program, and voices of the same forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leafcast.build.context import Build
from leafcast.build.schedule import Order
from leafcast.document.article import Article
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Neighbour
from leafcast.document.report import Finding
from leafcast.execution.request import Request
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices import prepare

PROGRAM: Final = "leafcast.build.carry_out:build_articles"
EPOCH: Final = "SOURCE_DATE_EPOCH"

Files = tuple[tuple[str, str], ...]
"""Paths in the practice's folder, each with the hash of the file."""

Failure = LeafcastError | OSError
"""Why one article could not be made."""


@dataclass(frozen=True, slots=True)
class ArticleOrder:
    """All that decides what is made of an article, which was read where the order is given.

    `next` is the one after it. `files` are the paths in the practice's folder, and the hashes,
    of what it is made from; `records` are the editions that are published, as JSON, whose files are
    blobs too; `voices` are the names, forms and fingerprints of the voices; `program` is the hash
    of leafcast and of the libraries it uses, `epoch` the day in seconds since 1970.
    """

    article: Article
    next: Neighbour | None
    request: Request
    files: Files
    records: str
    voices: tuple[tuple[str, str, str], ...]
    program: str
    epoch: str
    store: str


@dataclass(frozen=True, slots=True)
class ArticleMade:
    """What became of an order: the records of all editions as JSON, which of them stand as they
    should and whether each is new, what was found, and the facts that the state keeps of it, by
    kind and key. Files are blobs by the hash in their record.
    """

    slug: str
    records: str
    reasons: tuple[tuple[str, str], ...]
    standing: tuple[tuple[str, bool], ...]
    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str, bytes], ...]


def prepared_voices(order: Order, work: Build) -> tuple[VoiceSpec, ...]:
    """The voices of an article, each in the form that it takes on this machine."""
    voices = tuple({v: v for each in order.tellings.values() for v in each.cast.voices})
    for voice in voices:
        prepare(voice, lambda: work.watcher.step("Getting the voice ready, once on this machine"))
    return voices


def program_hash(work: Build) -> str:
    """The hash of leafcast and of all that it is made with here."""
    return work.planner.keys.rules(PROGRAM)
