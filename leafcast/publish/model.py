"""What every edition is made from."""

from __future__ import annotations

from dataclasses import dataclass

from leafcast.model import Article
from leafcast.narration.model import Narration
from leafcast.project import Project


@dataclass(frozen=True, slots=True)
class Publication:
    """An article, the practice it belongs to, and its narration where there is one."""

    article: Article
    project: Project
    narration: Narration | None = None
