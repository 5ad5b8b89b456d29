"""The order of a practice's articles: hers, then the newest first; and which comes after which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leafcast.document.article import Article
from leafcast.document.publication import Neighbour
from leafcast.practice.project import Library


def ordered(articles: Iterable[Article], wanted: Library) -> list[Article]:
    """What comes first comes first, then topic by topic, and the newest first of what is left."""
    places: dict[str, int] = {}
    for slug in (*wanted.start_here, *wanted.all_topical):
        places.setdefault(slug, len(places))
    return sorted(
        articles,
        key=lambda each: (
            places.get(each.slug, len(places)),
            -each.published.toordinal(),
            each.title,
            each.slug,
        ),
    )


def following(articles: Iterable[Article], wanted: Library) -> Mapping[str, Neighbour]:
    """The article that comes after each, by the slug of the one before; after the last, the first.

    Nothing where there is one alone.
    """
    found = ordered(articles, wanted)
    if len(found) < 2:
        return {}
    after = [*found[1:], found[0]]
    return {
        each.slug: Neighbour(then.slug, then.title, then.language)
        for each, then in zip(found, after, strict=True)
    }
