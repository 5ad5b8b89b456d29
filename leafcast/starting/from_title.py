"""`leafcast new`: a file in source/, ready to be written."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

from leafcast.document.errors import UsageError
from leafcast.document.identify import file_slug
from leafcast.locale.days import today
from leafcast.practice.project import Practice, Project
from leafcast.readers.starter import BODY, SUMMARY
from leafcast.readers.write_markdown import quoted
from leafcast.state.cache import write_beside

STARTER = f"""\
---
title: {{title}}
subtitle: ""
author: {{author}}
language: en-GB
summary: {SUMMARY}
published: {{published}}
review: {{review}}
---

{BODY}"""


def start_article(project: Project, title: str) -> Path:
    """Write a starter for `title` and return its path.

    Raises UsageError when the title holds no letter, or such an article is already there.
    """
    slug = file_slug(title)
    if not slug:
        raise UsageError("A title needs at least one letter", 'Such as: leafcast new "Grief"')
    path = project.source / f"{slug}.md"
    if path.exists():
        raise UsageError(f"{path} is already there", "Open it, or choose another title")
    text = STARTER.format(
        title=quoted(title),
        author=quoted(practice_author(project.practice)),
        published=today(),
        review=months_later(today(), project.practice.review_months),
    )
    write_beside(path, text.encode())
    return path


def practice_author(practice: Practice) -> str:
    """Who writes for the practice, as a leaflet names her."""
    return ", ".join(filter(None, (practice.name, practice.description.lower())))


def months_later(day: date, months: int) -> date:
    """The same day `months` later; the month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
