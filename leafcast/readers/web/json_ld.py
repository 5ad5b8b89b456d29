"""What schema.org’s JSON-LD in a page says of its article (JSON-LD 1.1; schema.org/Article)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from leafcast.readers.web.page import Page

LARGEST: Final = 1_000_000
"""Letters of JSON that are looked at."""
DEEPEST: Final = 6
ARTICLES: Final = {
    "Article", "BlogPosting", "NewsArticle", "MedicalWebPage", "ScholarlyArticle", "Report",
    "TechArticle", "AdvertiserContentArticle", "SocialMediaPosting", "LiveBlogPosting",
    "MedicalScholarlyArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
    "BackgroundNewsArticle", "ReportageNewsArticle",
}  # fmt: skip
"""Types of schema.org that are an article."""
SITES: Final = {
    "WebSite", "Organization", "LocalBusiness", "ProfessionalService", "MedicalBusiness",
    "Physician", "NewsMediaOrganization",
}  # fmt: skip


def json_things(page: Page) -> list[dict[str, Any]]:
    """All things that a page describes in JSON-LD."""
    return [
        thing
        for script in page.find("script")
        if script.get("type").strip().casefold() == "application/ld+json"
        for thing in _things(_loaded("".join(script.strings())), DEEPEST)
    ]


def json_article(things: list[dict[str, Any]]) -> dict[str, Any]:
    """The article among `things`, what it refers to put in; empty where there is none."""
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    for thing in things:
        if ARTICLES & set(as_list(thing.get("@type"), str)):
            return {
                key: by_id.get(value["@id"], value) if _is_reference(value) else value
                for key, value in thing.items()
            }
    return {}


def site_names(things: list[dict[str, Any]]) -> set[str]:
    """What the site and its owner are called."""
    return {
        said(thing.get("name")) for thing in things if SITES & set(as_list(thing.get("@type"), str))
    } - {""}


def authors(article: dict[str, Any]) -> str:
    """The names of who wrote an article."""
    found = as_list(article.get("author"), dict) + as_list(article.get("author"), str)
    names = [said(each.get("name") if isinstance(each, dict) else each) for each in found]
    return ", ".join(filter(None, names))


def said(value: object) -> str:
    """Words on one line; "" for what is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def as_list(value: object, kind: type) -> list[Any]:
    """Those of `value`, or of the values in it, that are of a kind."""
    return [
        each for each in (value if isinstance(value, list) else [value]) if isinstance(each, kind)
    ]


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) == 1


def _loaded(text: str) -> object:
    try:
        return json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        return None


def _things(value: object, deepest: int) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD describes, in lists and graphs too."""
    if deepest and isinstance(value, list):
        for each in value:
            yield from _things(each, deepest - 1)
    elif deepest and isinstance(value, dict):
        yield value
        for within in ("@graph", "mainEntity", "publisher", "isPartOf"):
            yield from _things(value.get(within), deepest - 1)
