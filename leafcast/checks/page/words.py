"""Are the page's words the article's, sentence by sentence, under the right headings?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from leafcast.checks.html import Element
from leafcast.checks.page.found import Found
from leafcast.document.article import article_sentences
from leafcast.document.report import Finding


def check_words(page: Found) -> Iterator[Finding]:
    """Every sentence of the article once, in its order, and nothing changed in it."""
    wanted = {each.id: each.text for each in article_sentences(page.article)}
    spans = [each for each in page.root.all("span") if each.get("id") in wanted]
    shown_ids = [each.get("id") for each in spans]
    if shown_ids != list(wanted):
        first = next((a for a, b in zip_longest(wanted, shown_ids) if a != b), None)
        words = f"from “{wanted[first]}” on" if first else "for something is in it twice"
        yield page.fault("words-differ", f"Its sentences are not the article’s, in order, {words}")
        return
    for span in spans:
        shown, words = span.text("sup"), wanted[span.get("id")]
        if shown != words:
            yield page.fault("words-differ", f"It says “{shown}” for “{words}”", span.line)
    between = _beside_sentences(page)
    if between:
        yield page.fault("words-differ", f"“{between}” is not the article’s")


def _beside_sentences(page: Found) -> str:
    """Words among the article's that are in no sentence: headings of ours and controls aside."""
    words = page.ids.get("_words")
    sentences = {each.id for each in article_sentences(page.article)}

    def walk(element: Element) -> Iterator[str]:
        for each in element.content:
            if isinstance(each, str):
                yield each.strip()
            elif each.get("id") not in {*sentences, "_notes-title"} and not (
                set(each.get("class").split()) & {"hear", "back"}
            ):
                yield from walk(each)

    return " ".join(filter(None, walk(words))) if words else "the page without its words"


def check_frame(page: Found) -> Iterator[Finding]:
    """Its title, language and headings: one of level 1, and none that leaves a level out."""
    title = "".join(each.text() for each in page.root.all("title"))
    heads = [(int(e.tag[1]), e) for e in page.root.all(*(f"h{level}" for level in range(1, 7)))]
    if not title.startswith(page.article.title):
        yield page.fault("title-wrong", f"It is called “{title}”")
    if [each.get("lang") for each in page.root.all("html")] != [page.article.language]:
        yield page.fault("language-wrong", f"It is not said to be in {page.article.language}")
    if [each.text() for level, each in heads if level == 1] != [page.article.title]:
        shown = " ".join(each.text() for level, each in heads if level == 1)
        words = f"Its heading of level 1 is “{shown}”, not “{page.article.title}”"
        yield page.fault("headings-wrong", words)
    for (before, _), (level, each) in pairwise(heads):
        if level > before + 1:
            yield page.fault("headings-wrong", f"“{each.text()}” skips a level", each.line)
    for image in page.root.all("img"):
        if not image.get("alt"):
            words = f"The picture {image.get('src')[:60]} has no words"
            yield page.fault("picture-without-alt", words, image.line)
