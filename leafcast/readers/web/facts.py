"""What a page says about itself: author, dates, language, summary, in all the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.facts import Fact, Standing, bare_name
from leafcast.readers.front_facts import LONGEST
from leafcast.readers.web.boxes import ABOUT, MENU, split_words
from leafcast.readers.web.content import Content
from leafcast.readers.web.details import Detail, clean_name, day_of, find_details
from leafcast.readers.web.json_ld import authors, said
from leafcast.readers.web.page import Page
from leafcast.readers.web.titles import Title
from leafcast.readers.web.tree import Element, words_in

WRITTEN: Final = ("subtitle", "summary", "published", "review")
"""Facts that no page but one written for leafcast has under these names."""
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
LONGEST_SUBTITLE: Final = 25
"""Words."""
BYLINES: Final = {"author", "byline", "authorname", "vcard"}


def page_facts(
    content: Content, title: Title, article: dict[str, Any], gatherer: Gatherer
) -> tuple[dict[str, str], tuple[Fact, ...]]:
    """What is written for leafcast, and what else the page says, in JSON-LD as `article`."""
    page = content.page
    written = {
        key: words
        for key in WRITTEN
        if (words := page.meta(key)) and len(words) <= LONGEST.get(key, LONGEST["title"])
    }
    details = [
        each
        for each in find_details(content.element, title.heading)
        if not _is_others(content, each.element)
    ]
    for detail in details:
        if detail.element is not title.heading:
            content.left_out.setdefault(detail.element, ABOUT)
    offered = [
        *title.facts,
        *_subtitle(article, content, title),
        *_authors(content, article, details),
        *_languages(content, gatherer),
        *_summaries(page, gatherer),
        *_days(content, article, details),
    ]
    return written, tuple(offered)


def _subtitle(article: dict[str, Any], content: Content, title: Title) -> Iterator[Fact]:
    if words := said(article.get("alternativeHeadline")):
        yield Fact("subtitle", words, Standing.MARKED, "the page’s JSON-LD")
    lines = content.element.iter("p", "h2", "h3", "h4", "div")
    styled = next((each for each in lines if "subtitle" in split_words(each.get("class"))), None)
    short = styled is not None and 0 < len(words_in(styled).split()) <= LONGEST_SUBTITLE
    if styled is not None and short and title.heading is not None:
        content.left_out[styled] = ""
        where = "the line under its title"
        yield Fact("subtitle", words_in(styled), Standing.SHOWN, where, styled.line)


def _authors(content: Content, article: dict[str, Any], details: list[Detail]) -> list[Fact]:
    """Who wrote the article: by a line that readers see, then by what is said for programs; where
    both name the same person, as the one that says more of her.
    """
    marked = list(_marked_authors(content.page, article))
    shown = list(_shown_authors(content, details))
    fuller = [
        fact
        for fact in marked
        if shown
        and bare_name(fact.words) == bare_name(shown[0].words)
        and len(fact.words) > len(shown[0].words)
    ]
    return fuller[:1] or [*shown[:1], *marked]


def _marked_authors(page: Page, article: dict[str, Any]) -> Iterator[Fact]:
    for words, where in (
        (authors(article), "the page’s JSON-LD"),
        (page.meta("author"), "the page’s meta author"),
        (page.meta("article:author", "dc.creator"), "what the page says of itself"),
    ):
        if words and "://" not in words and len(words) <= LONGEST["author"]:
            yield Fact("author", words, Standing.MARKED, where)


def _shown_authors(content: Content, details: list[Detail]) -> Iterator[Fact]:
    for detail in details:
        if detail.author:
            where = f"the line {quoted(words_in(detail.element))}"
            yield Fact("author", detail.author, Standing.SHOWN, where, detail.element.line, True)
    for each in content.page.body.iter():
        marked = each.get("rel") == "author" or "author" in each.get("itemprop").split()
        if marked or BYLINES & split_words(each.get("class")):
            name = clean_name(words_in(each))
            if name and not _is_others(content, each):
                where = f"the line {quoted(words_in(each))}"
                yield Fact("author", name, Standing.SHOWN, where, each.line, True)


def _languages(content: Content, gatherer: Gatherer) -> Iterator[Fact]:
    """The language of the article; of what is none, it is told that it was passed over."""
    page = content.page
    around = (content.element, *content.element.ancestors())
    places = (
        (page.meta("language"), "the page’s meta language"),
        (next((each.get("lang") for each in around if each.get("lang")), ""), "its lang"),
        (page.meta("og:locale"), "the page’s og:locale"),
    )
    codes = [(_code(words.strip()), where) for words, where in places]
    for (words, where), (code, _) in zip(places, codes, strict=True):
        if words and not code:
            gatherer.advise(
                "language-passed-over",
                f"{quoted(words)} from {where} is no code of a language, and was passed over",
                "Nothing need be done if the article’s language is right",
            )
    found = [(code, where) for code, where in codes if code]
    if not found or found[0][0] == "en":
        longer = [each for each in found if each[0].startswith("en-")]
        found = longer or [("", "")]
    code, where = found[0]
    if code:
        fuller = next((each for each, _ in codes if each.startswith(f"{code}-")), code)
        yield Fact("language", fuller, Standing.MARKED, where)
        return
    gatherer.advise(
        "guessed-language",
        "The page does not say whose English it is written in; British English was taken",
        'If it is another, write <html lang="…"> with its code',
    )


def _code(words: str) -> str:
    """A language's code as BCP 47 writes it; "" for what is none."""
    if not LANGUAGE.fullmatch(words):
        return ""
    first, *rest = re.split("[-_]", words)
    return "-".join((first.casefold(), *rest))


def _summaries(page: Page, gatherer: Gatherer) -> Iterator[Fact]:
    """What the page says that it is about; what is too long to be that is told."""
    words = page.meta("description", "og:description", "twitter:description")
    if len(words) > LONGEST["summary"]:
        gatherer.advise(
            "summary-left-out",
            f"The page’s description has {len(words):,} letters, too many for a summary, and was "
            f"left out: {quoted(words)}",
            "Write a summary of one sentence if you want one",
        )
    elif words:
        yield Fact("summary", words, Standing.MARKED, "the page’s description")


def _days(content: Content, article: dict[str, Any], details: list[Detail]) -> Iterator[Fact]:
    """The day of publication."""
    page = content.page
    stamp = page.meta("article:published_time", "datepublished", "dc.date", "date")
    for stamped in (stamp, said(article.get("datePublished"))):
        if day := day_of(stamped):
            yield Fact("published", day, Standing.MARKED, "what the page says of itself")
            return
    around = next(content.element.ancestors("article", "main"), content.element)
    for time in around.iter("time"):
        day = day_of(time.get("datetime"))
        if day and not _is_others(content, time):
            yield Fact("published", day, Standing.SHOWN, "its <time>", time.line, True)
            return
    for detail in details:
        if detail.day:
            where = f"the line {quoted(words_in(detail.element))}"
            yield Fact("published", detail.day, Standing.SHOWN, where, detail.element.line, True)
            return


def _is_others(content: Content, element: Element) -> bool:
    """Whether an element stands in what is left out and says nothing of the article: comments,
    and what leads to other articles.
    """
    around = (element, *element.ancestors())
    return any(content.left_out.get(each, MENU) not in (ABOUT, MENU) for each in around)
