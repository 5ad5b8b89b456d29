"""Recordings in audio/takes: can they be used, how do they sound, do they say the article?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.document.publication import Publication
from leafcast.document.report import Finding
from leafcast.narration.narrate import tell
from leafcast.narration.takes.recorded_article import perform
from leafcast.state.cache import Cache


def check_takes(publication: Publication, folder: Path) -> Iterator[Finding]:
    """What the owner should know of her recordings; what was heard once is not heard again."""
    telling = tell(publication.project, publication.article, "")
    yield from perform(telling, Cache(publication.project.work / "cache")).findings
