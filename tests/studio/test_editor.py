"""The editor's document: to blocks and back nothing is lost, and what is written reads back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import Article
from leafcast.document.origin import Origin
from leafcast.readers import READERS, read_article
from leafcast.readers.write_markdown import write_markdown
from leafcast.studio.edited import Unclear, article_of
from leafcast.studio.editor import Json, document_of, line_of, rows
from leafcast.studio.saving import text_of
from tests.conftest import ARTICLE, CASES, SHORT_ARTICLE

ORIGIN = Origin("source/quiet-hour.md", "quiet-hour", CASES)
TORTURE = CASES / "torture.md"


def article_in(text: str, origin: Origin = ORIGIN) -> Article:
    reading = READERS[".md"](text, origin)
    assert reading.article, reading.findings
    return reading.article


def through_the_browser(document: Json) -> Json:
    """The document as it comes back: JSON, and no object of ours."""
    return json.loads(json.dumps(document))  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=lambda path: path.stem)
def test_an_untouched_article_comes_back_as_it_was(path: Path) -> None:
    article = read_article(path, path.parent).article
    assert article
    back = article_of(through_the_browser(document_of(article)), article)
    assert write_markdown(back).text == write_markdown(article).text


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=lambda path: path.stem)
def test_an_article_made_anew_from_its_blocks_alone_has_all_its_words(path: Path) -> None:
    """As if each block had been typed again: nothing is taken from what was there."""
    article = read_article(path, path.parent).article
    assert article
    bare = replace(article, introduction=(), sections=(), byline=None, call_to_action=(), notes=())
    back = article_of(through_the_browser(document_of(article)), bare)
    text = write_markdown(back).text
    again = article_in(text, Origin(article.source, article.slug, path.parent))
    assert document_of(again) == document_of(article)


runs = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(
                st.sampled_from("ab *_[]#`é.!? \n\u00a0<>&|\\~="), min_size=1, max_size=8
            )
        },
        optional={"strong": st.just(True), "emphasis": st.just(True)},
    ),
    max_size=4,
)
paragraphs = st.builds(lambda r: {"kind": "paragraph", "runs": r}, runs)
lists = st.builds(
    lambda entries, ordered: {"kind": "list", "ordered": ordered, "start": 1, "entries": entries},
    st.lists(st.lists(paragraphs, min_size=1, max_size=1), min_size=1, max_size=3),
    st.booleans(),
)
quotes = st.builds(
    lambda blocks: {"kind": "quote", "blocks": blocks}, st.lists(paragraphs, min_size=1, max_size=2)
)
typed = st.lists(paragraphs | lists | quotes, max_size=5)


def visible(blocks: object) -> str:
    """The letters of blocks, white space aside."""
    if isinstance(blocks, dict):
        return "".join(
            visible(each) for key, each in blocks.items() if key not in ("kind", "start")
        )
    if isinstance(blocks, list):
        return "".join(map(visible, blocks))
    return "".join(blocks.split()) if isinstance(blocks, str) else ""


@settings(max_examples=60)
@given(typed)
def test_whatever_is_typed_is_kept_to_the_letter(blocks: list[Json]) -> None:
    before = article_in(SHORT_ARTICLE)
    document = document_of(before)
    words = {"kind": "paragraph", "runs": [{"text": "These words stand here."}]}
    document["blocks"] = [words, *blocks, *document["blocks"][1:]]
    article = article_of(through_the_browser(document), before)
    text = text_of(SHORT_ARTICLE, before, article, ORIGIN)
    again = document_of(article_in(text))
    assert visible(again["blocks"]) == visible(document["blocks"])


def test_a_change_leaves_the_rest_of_a_file_written_by_hand() -> None:
    text = (
        SHORT_ARTICLE.replace("- a worry\n- a question", "* a worry\n* a question")
        .replace("title: A Quiet Hour", "title: A Quiet Hour   # her own note")
        .replace("This is how it begins. It", "This is how\nit begins. It")
    )
    before = article_in(text)
    document = document_of(before)
    last = document["blocks"][-1]["runs"]
    assert last == [{"text": "You go home. Nothing has to be decided."}]
    last[0]["text"] = "You walk home. Nothing has to be decided."
    after = text_of(text, before, article_of(document, before), ORIGIN)
    assert after == text.replace("You go home.", "You walk home.")


def test_a_new_title_leaves_the_words() -> None:
    text = SHORT_ARTICLE.replace("- a worry\n- a question", "* a worry\n* a question")
    before = article_in(text)
    document = document_of(before)
    document["facts"]["title"] = "A Quiet  Hour: more"
    after = text_of(text, before, article_of(document, before), ORIGIN)
    assert 'title: "A Quiet Hour: more"' in after
    assert after.partition("This is how")[2] == text.partition("This is how")[2]


def test_marks_are_kept_and_changed() -> None:
    text = SHORT_ARTICLE.replace("## What happens\n", "## What happens\nleaflet: drop\n")
    before = article_in(text)
    document = document_of(before)
    heading = next(each for each in document["blocks"] if each["kind"] == "heading")
    assert heading["leaflet"] == {"choice": "drop"}
    heading["leaflet"] = {"choice": "shorter", "runs": [{"text": "You sit down and talk."}]}
    after = article_in(text_of(text, before, article_of(document, before), ORIGIN))
    mark = after.sections[0].leaflet
    assert mark and mark.shorter
    assert mark.shorter.sentences[0].text == "You sit down and talk."


def test_a_link_that_runs_something_leaves_its_words() -> None:
    before = article_in(SHORT_ARTICLE)
    document = document_of(before)
    run = {"text": "click me", "target": "javascript:alert(1)"}
    document["blocks"][0]["runs"] = [
        run,
        {"text": " and "},
        {"text": "Mind", "target": "https://mind.org.uk"},
    ]
    text = write_markdown(article_of(document, before)).text
    assert "javascript" not in text
    assert "click me and [Mind](https://mind.org.uk)" in text


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"facts": {}, "blocks": []},
        {"facts": 1, "blocks": [{"kind": "paragraph"}]},
        {"blocks": [{"kind": "spell", "runs": []}]},
        {"blocks": [{"kind": "paragraph", "runs": [{"words": "a"}]}]},
        {"blocks": None},
    ],
)
def test_what_is_no_article_is_refused(document: Json) -> None:
    before = article_in(SHORT_ARTICLE)
    given_ = {**document_of(before), **document} if "blocks" in document else document
    with pytest.raises(Unclear):
        article_of(given_, before)


def test_places_are_those_of_the_file() -> None:
    article = article_in(SHORT_ARTICLE)
    lines = SHORT_ARTICLE.split("\n")
    placed = [(block["kind"], line_of(row)) for block, row in rows(article)]
    assert placed[1] == ("heading", lines.index("## What happens") + 1)
    assert placed[3] == ("list", lines.index("- a worry") + 1)
