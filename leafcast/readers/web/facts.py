"""What a page says about itself: title, author, dates, language, in all the usual places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.web.page import Element, Page, words_in

FACTS: Final = ("title", "subtitle", "author", "language", "summary", "published", "review")
LARGEST_DATA: Final = 1_000_000
"""Letters of JSON that are looked at."""
DEEPEST_DATA: Final = 6
ARTICLES: Final = {"Article", "BlogPosting", "NewsArticle", "MedicalWebPage", "ScholarlyArticle"}
"""Types of schema.org that are an article."""
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def page_facts(page: Page, content: Element, gatherer: Gatherer) -> tuple[dict[str, str], Element]:
    """Words for the front matter, and the heading that is the title, None where none is."""
    told = {key: page.meta(key) for key in FACTS}
    article = _json_article(page)
    heading = _title_heading(page, content)
    facts = {
        "title": told["title"] or _title(page, heading, article, gatherer),
        "subtitle": told["subtitle"] or _words(article.get("alternativeHeadline")),
        "author": told["author"] or _author(page, article, gatherer),
        "language": told["language"] or _language(page, content, gatherer),
        "summary": told["summary"] or page.meta("description", "og:description"),
        "published": told["published"] or _published(page, content, article, gatherer),
        "review": told["review"],
    }
    return {key: words for key, words in facts.items() if words}, heading


# ---------------------------------------------------------------- JSON-LD


def _json_article(page: Page) -> dict[str, Any]:
    """The article as schema.org has it (JSON-LD); empty where the page has none."""
    things = [
        thing
        for script in page.find("script")
        if (script.get("type") or "").strip().casefold() == "application/ld+json"
        for thing in _things(_loaded(script.text or ""), DEEPEST_DATA)
    ]
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    for thing in things:
        if ARTICLES & set(_as_list(thing.get("@type"), str)):
            return {
                key: by_id.get(value.get("@id"), value) if _is_reference(value) else value
                for key, value in thing.items()
            }
    return {}


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) == 1


def _loaded(text: str) -> object:
    try:
        return json.loads(text) if len(text) <= LARGEST_DATA else None
    except (ValueError, RecursionError):
        return None


def _things(data: object, deepest: int) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD describes, in lists and graphs too."""
    if deepest and isinstance(data, list):
        for each in data:
            yield from _things(each, deepest - 1)
    elif deepest and isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"), deepest - 1)
        yield from _things(data.get("mainEntity"), deepest - 1)


def _as_list(value: object, kind: type) -> list[Any]:
    return [
        each for each in (value if isinstance(value, list) else [value]) if isinstance(each, kind)
    ]


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


# ---------------------------------------------------------------- each fact


def _title_heading(page: Page, content: Element) -> Element:
    """The heading of level 1 that is the article's: in it, around it, or the only one."""
    inside = list(content.iter("h1"))
    if inside:
        return inside[0] if len(inside) == 1 else None
    for around in content.iterancestors("article", "main"):
        headings = list(around.iter("h1"))
        if len(headings) == 1:
            return headings[0]
    headings = [each for each in page.find("h1") if words_in(each) != page.meta("og:site_name")]
    return headings[0] if len(headings) == 1 else None


def _title(page: Page, heading: Element, article: dict[str, Any], gatherer: Gatherer) -> str:
    if heading is not None and words_in(heading):
        return words_in(heading)
    said = _words(article.get("headline")) or page.meta("og:title")
    if said:
        return said
    title = next((words_in(each) for each in page.find("title")), "")
    site = page.meta("og:site_name")
    cut = re.split(r"\s+[|·•–—-]\s+|\s+[«»:]+\s+", title)
    words = cut[1] if len(cut) > 1 and site and cut[0] == site else cut[0]
    if words:
        gatherer.advise(
            "guessed-title",
            f"{quoted(words)} was read as the title, from what the browser shows in its tab",
            'If it is not, write into the page’s <head>: <meta name="title" content="…">',
        )
    return words


def _author(page: Page, article: dict[str, Any], gatherer: Gatherer) -> str:
    authors = _as_list(article.get("author"), dict) + _as_list(article.get("author"), str)
    names = [_words(each.get("name") if isinstance(each, dict) else each) for each in authors]
    said = ", ".join(filter(None, names)) or page.meta("article:author", "dc.creator")
    if said and "://" not in said:
        return said
    for each in page.root.iter():
        marked = each.get("rel") == "author" or each.get("itemprop") == "author"
        if marked or {"author", "byline"} & set((each.get("class") or "").split()):
            words = re.sub(r"^(written |posted )?by:?\s+", "", words_in(each), flags=re.I)
            if 0 < len(words) <= 80:
                gatherer.advise(
                    "guessed-author",
                    f"{quoted(words)} was read as the author",
                    'If it is not, write into the page’s <head>: <meta name="author" content="…">',
                    each.sourceline or 0,
                )
                return words
    return ""


def _language(page: Page, content: Element, gatherer: Gatherer) -> str:
    """The language of the article; plain English is British here, which is told."""
    around = (content, *content.iterancestors())
    said = next((each.get("lang") for each in around if each.get("lang")), "").strip()
    locale = page.meta("og:locale").replace("_", "-")
    if locale.casefold().startswith(f"{said.casefold()}-"):
        said = locale
    if not LANGUAGE.fullmatch(said):
        said = ""
    if said.casefold() in ("", "en"):
        gatherer.advise(
            "guessed-language",
            "The page does not say whose English it is written in; British English was taken",
            'If it is another, write <html lang="…"> with its code',
        )
        return "en-GB"
    first, *rest = re.split("[-_]", said)
    return "-".join((first.casefold(), *rest))


def _published(page: Page, content: Element, article: dict[str, Any], gatherer: Gatherer) -> str:
    said = page.meta("article:published_time", "datepublished", "dc.date", "date")
    for stamp in (said, _words(article.get("datePublished"))):
        if day := _day(stamp):
            return day
    around = next(iter(content.iterancestors("article", "main")), content)
    for time in around.iter("time"):
        if day := _day(time.get("datetime") or ""):
            gatherer.advise(
                "guessed-published",
                f"{day} was read as the day of publication",
                'If it is another, write into the page’s <head>: <meta name="published" '
                'content="2026-11-24">',
                time.sourceline or 0,
            )
            return day
    return ""


def _day(stamp: str) -> str:
    """The day of a time such as 2026-11-24T10:00:00Z; "" where it is none."""
    try:
        return date.fromisoformat(stamp[:10]).isoformat()
    except ValueError:
        return ""
