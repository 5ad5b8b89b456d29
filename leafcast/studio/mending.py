"""What can be done about a finding at the press of a button, where something can.

Advice never rewrites her words: its buttons put the caret there, or let her hear the sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from leafcast.document.article import Article
from leafcast.document.errors import UsageError
from leafcast.document.report import Finding
from leafcast.locale.days import today
from leafcast.practice.project import Project
from leafcast.state.cache import digest, write_beside

QUOTED: Final = re.compile(r"“([^“”]+)”")
WHOLE: Final = re.compile(r": “(.+)”$", re.S)
"""A message that ends in the sentence it is about, whose own quotation marks belong to it."""


KEY: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Mend:
    """A button beside a finding: its words, and what the page does with which values."""

    words: str
    does: str
    values: Mapping[str, str] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """For the page."""
        return asdict(self)


CUT: Final = "trifold-cut"
HEAR: Final = Mend("Hear it", "hear")
TO_PRACTICE: Final = Mend("Go to My practice", "go", {"to": "/practice"})
SUMMARY: Final = Mend("Write it now", "fill", {"field": "summary"})
MENDS: Final[Mapping[str, tuple[Mend, ...]]] = {
    "long-sentence": (HEAR,),
    "summary-missing": (SUMMARY,),
    "no-summary": (SUMMARY,),
    "facts-missing": (Mend("Fill it in", "fill", {"field": "author"}),),
    "no-author": (Mend("Fill it in", "fill", {"field": "author"}),),
    "picture-without-alt": (Mend("Say what it shows", "describe"),),
    "heading-level-skipped": (Mend("Make it a heading", "raise"),),
    "empty-section": (Mend("Take the heading out", "remove"),),
    "review-too-late": (Mend("Choose the day", "fill", {"field": "review"}),),
    "review-before-published": (Mend("Choose the day", "fill", {"field": "review"}),),
    "wrong-date": (Mend("Choose the day", "fill", {"field": "published"}),),
    "credential-expired": (TO_PRACTICE,),
    "colour-too-faint": (TO_PRACTICE,),
}


def mends_of(finding: Finding, article: Article | None) -> tuple[Mend, ...]:
    """What can be done about `finding` here."""
    if finding.code == "phone-differs":
        return _one_number(*QUOTED.findall(finding.message)[-2:])
    if finding.code == "review-due" and article:
        return (_read_through(article),)
    if finding.code == "words-guessed" and article:
        return (Mend("Hear how they are said", "go", {"to": f"/article/{article.slug}/hear"}),)
    if finding.code == CUT:
        titles = "\n".join(QUOTED.findall(finding.message))
        return (Mend("Leave them out", "leave_out", {"titles": titles}),)
    return MENDS.get(finding.code, ())


def _one_number(here: str, own: str) -> tuple[Mend, ...]:
    return (
        Mend(f"Use …{own[-3:]} here", "replace", {"old": here, "new": own}),
        Mend(f"Use …{here[-3:]} everywhere", "post", {"to": "/phone", "phone": here}),
    )


def _read_through(article: Article) -> Mend:
    """Both days moved on by as long as the article was good for."""
    good_for = max(article.review - article.published, timedelta(days=365))
    days = {"published": today(), "review": today() + good_for}
    values = {name: day.isoformat() for name, day in days.items()}
    return Mend("I have read it through: it still holds", "facts", values)


def quotes_of(finding: Finding) -> tuple[str, ...]:
    """What a finding quotes of the text, the whole sentence first."""
    whole = WHOLE.search(finding.message)
    return (*([whole[1]] if whole else ()), *QUOTED.findall(finding.message))


# ---------------------------------------------------------------- left as it is


def key_of(finding: Finding) -> str:
    """What a finding is known by: when the sentence changes it is another one."""
    return digest(finding.code, finding.message)[:16]


def left(project: Project) -> frozenset[str]:
    """The advice that she left."""
    try:
        return frozenset(json.loads(_file(project).read_text("utf-8")))
    except (OSError, ValueError):
        return frozenset()


def leave(project: Project, key: str, *, again: bool) -> None:
    """Say no more of a piece of advice, or `again`. Raises OSError, UsageError for no key."""
    if not KEY.fullmatch(key):
        raise UsageError("Which advice?", "Open the page again")
    keys = left(project) - {key} if again else left(project) | {key}
    write_beside(_file(project), json.dumps(sorted(keys)).encode())


def _file(project: Project) -> Path:
    return project.work / "studio" / "left.json"
