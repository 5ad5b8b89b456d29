"""One sentence as it was in an earlier version, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from leafcast.document.article import Article
from leafcast.readers.write_markdown import write_markdown
from leafcast.studio.bringing_back import brought_back
from leafcast.studio.differing import differences, lines
from leafcast.studio.edited import article_of
from leafcast.studio.server import Running, running
from leafcast.studio.thinning import LAST, LAST_OF_EACH, let_go
from leafcast.studio.versions import Version, Versions
from tests.conftest import ARTICLE
from tests.studio.test_access import ask
from tests.studio.test_editor import ORIGIN, TORTURE, article_in

HEAD = """---
title: "An Hour"
author: "Jo"
language: en-GB
summary: "It is quiet."
published: 2026-11-01
review: 2028-11-01
---

"""
THEN = """It is quiet. We sit down. Nobody hurries us.

## What happens

You speak when you like.

- You can stop. You can go on.
- You can rest.
- You can leave.
  - By the door.

> He said it. She heard it.

## Afterwards

You go home. It was an hour.[^1]

[^1]: By the clock. Or nearly.
"""


def texts(article: Article) -> list[str]:
    return [each.text for each in lines(article)]


def back(then: Article, now: Article, at: int = 0) -> Article:
    """`now` with the difference at this place brought back, as it reads once it is written."""
    wanted = list(differences(lines(then), lines(now)))[at]
    return article_in(write_markdown(article_of(brought_back(then, now, wanted), now)).text, ORIGIN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We sit down.", "We stand up."),
        ("We sit down. ", ""),
        ("It is quiet. ", ""),
        (" Nobody hurries us.", ""),
        ("We sit down.", "We sit down. And talk."),
        ("You speak when you like.\n\n", ""),
        ("You speak when you like.\n", "You speak when you like.\n\nYou are heard.\n"),
        ("## What happens\n\n", ""),
        ("## Afterwards\n", "## And then\n"),
        (" You can go on.", ""),
        ("- You can rest.\n", ""),
        ("- You can stop. You can go on.\n", ""),
        ("- You can leave.\n  - By the door.\n", ""),
        ("  - By the door.\n", ""),
        ("- You can rest.\n", "- You can rest.\n- You can sing.\n"),
        (" She heard it.", ""),
        ("He said it. ", ""),
        (" Or nearly.", ""),
        ('"An Hour"', '"Another Hour"'),
        ("It is quiet. We sit down. Nobody hurries us.\n\n", ""),
        (" It was an hour.[^1]", ""),
    ],
)
def test_the_sentence_comes_back_where_it_stood(old: str, new: str) -> None:
    assert THEN.count(old) == 1 or old == '"An Hour"'
    then, now = article_in(HEAD + THEN), article_in((HEAD + THEN).replace(old, new))
    assert texts(now) != texts(then)
    for _ in range(4):
        if texts(now) == texts(then):
            break
        now = back(then, now)
    assert texts(now) == texts(then)
    assert write_markdown(now).text == write_markdown(then).text


def test_nothing_else_comes_back() -> None:
    then = article_in(HEAD + THEN)
    now = article_in((HEAD + THEN).replace("quiet.", "loud.").replace("go home", "walk home"))
    after = texts(back(then, now, 1))
    assert "It is loud." in after and "You go home." in after


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=lambda path: path.stem)
def test_any_sentence_that_was_changed_or_lost_comes_back(path: Path) -> None:
    """Of an article with everything that an article can have, one sentence after the other."""
    then = article_in(path.read_text("utf-8"))
    document = write_markdown(then).text
    then = article_in(document)
    words = texts(then)
    changed = [at for at in range(0, len(words), 7) if words.count(words[at]) == 1]
    for at in changed:
        now = article_in(document.replace(words[at], "Another sentence.", 1))
        found = list(differences(lines(then), lines(now)))
        if len(found) == 1:  # its words stand in the text as they are shown
            assert texts(back(then, now)) == words, words[at]


# ---------------------------------------------------------------- in the studio


@pytest.fixture
def studio(practice: Path) -> Iterator[Running]:
    with running(practice) as it:
        yield it


def test_one_sentence_is_brought_back_with_its_button(studio: Running) -> None:
    file = studio.studio.folder / "source" / "quiet-hour.md"
    first = file.read_text("utf-8")
    changed = first.replace("You sit down.", "You lie down.").replace("go home", "walk home")
    file.write_text(changed, "utf-8")
    seen = ask(studio, "/article/quiet-hour/versions/1").read().decode()
    assert seen.count("Bring back only this sentence") == 2
    version = {"version": seen.split('name="version" value="')[1].split('"')[0]}
    answer = ask(studio, "/article/quiet-hour/versions/1/0", "POST", urlencode(version))
    assert answer.status == 303
    assert file.read_text("utf-8") == changed.replace("You lie down.", "You sit down.")
    said = [each.words for each in studio.studio.versions.all()]
    assert said[-2:] == ["Changed outside the studio", "You brought back a sentence"]
    again = ask(studio, "/article/quiet-hour/versions/1/0", "POST", urlencode(version))
    assert again.status == 409, "it has changed since she looked"
    assert file.read_text("utf-8") == changed.replace("You lie down.", "You sit down.")


@pytest.mark.parametrize("where", ["versions/1/7", "versions/9/0"])
def test_what_is_not_there_is_not_brought_back(studio: Running, where: str) -> None:
    before = (studio.studio.folder / "source" / "quiet-hour.md").read_bytes()
    assert ask(studio, f"/article/quiet-hour/{where}", "POST", "version=").status == 409
    assert (studio.studio.folder / "source" / "quiet-hour.md").read_bytes() == before


# ---------------------------------------------------------------- as they grow old

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def step(number: int, days: float, slug: str = "", files: tuple[str, ...] = ()) -> Version:
    there = dict.fromkeys(files, "0")
    return Version(number, NOW - timedelta(days=days), "wrote", slug, "", there)


def test_every_step_of_the_last_month_stays() -> None:
    steps = [step(at, 29 - at / 100) for at in range(1000)]
    assert let_go(steps, NOW) == frozenset()


def test_older_steps_become_fewer_and_the_last_of_a_day_or_month_stays() -> None:
    old = [step(at, 800 - at / 10) for at in range(1, 301)]
    newer = [step(300 + at, 200 - at / 10) for at in range(1, 301)]
    last = [step(700 + at, 0) for at in range(LAST)]
    going = let_go([*old, *newer, *last], NOW)
    stay = [each.when for each in (*old, *newer) if each.number not in going]
    assert 1 not in going
    months = [each for each in stay[1:] if NOW - each > timedelta(days=366)]
    days = [each for each in stay if NOW - each < timedelta(days=366)]
    assert len(months) == len({f"{each.astimezone():%Y-%m}" for each in months}) in (1, 2)
    assert len(days) == len({each.astimezone().date() for each in days}) in (30, 31)


def test_the_newest_and_the_last_of_each_article_stay_however_old() -> None:
    own = [step(at, 900, slug="grief") for at in range(1, 31)]
    others = [step(100 + at, 800) for at in range(30)]
    newest = [step(200 + at, 700) for at in range(LAST)]
    going = let_go([*own, *others, *newest], NOW)
    assert {each.number for each in own[-LAST_OF_EACH:]}.isdisjoint(going)
    assert {each.number for each in newest}.isdisjoint(going)
    assert going > {each.number for each in own[1:-LAST_OF_EACH]}


def test_what_brings_an_article_back_stays() -> None:
    grief = ("source/grief.md",)
    steps = [step(1, 900), step(2, 900, files=grief), step(3, 900), step(4, 900)]
    assert let_go([*steps, *(step(10 + at, 0) for at in range(LAST))], NOW) == {3}


def test_what_nothing_needs_any_more_is_cleared_away(practice: Path) -> None:
    """Versions of long ago go, with their own words alone; what is told is still there."""
    versions = Versions(practice)
    file = practice / "source" / "quiet-hour.md"
    words = file.read_text("utf-8")
    for at in range(LAST + 4):
        file.write_text(f"{words}\nAt {at}.\n", "utf-8")
        versions.keep("back", "", f"{at}")
    later = datetime.now(UTC) + timedelta(days=800)
    assert len(versions.thin(later)) == 3
    kept = versions.all()
    assert [each.words for each in kept[:2]] == ["0", "4"]
    assert all("At" in (versions.text(each, "quiet-hour") or "") for each in kept)
    objects = [path for path in versions.store.glob("??/*") if path.is_file()]
    named = {hash_ for each in kept for hash_ in each.files.values()}
    assert {path.parent.name + path.name for path in objects} == named
    assert versions.thin(datetime.now(UTC)) == frozenset()
    file.write_text(f"{words}\nAt 1.\n", "utf-8")
    versions.keep("back", "", "again")
    assert "At 1." in (versions.text(versions.all()[-1], "quiet-hour") or "")
