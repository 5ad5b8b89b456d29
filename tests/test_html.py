"""The article's words as HTML for screens: every sentence findable, well formed, nothing lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import jinja2
import pytest

from leafcast.build.pipeline import clean_project
from leafcast.document.article import (
    Article,
    Figure,
    article_blocks,
    article_sentences,
    walk_sections,
)
from leafcast.locale.language import ENGLISH
from leafcast.markup.html import (
    MOST_COMPILED,
    Picture,
    Screen,
    _compiled_here,
    _environment,
    environment,
    hold_end,
    ids_of,
    looked_up,
    note_calls,
    our_words,
    render,
)
from leafcast.practice.project import Project, load_project
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT

CASES = ROOT / "tests" / "cases" / "articles"
SOURCES = (ARTICLE, CASES / "torture.md", CASES / "corners.md")
PAGE = """\
{%- import "shared/screen.html.j2" as parts with context -%}
{%- from "shared/article.html.j2" import block, blocks, section with context -%}
<article>{{ blocks(article.introduction) }}
{%- for it in article.sections -%}{{ section(it) }}{%- endfor -%}
{%- if article.byline -%}{{ block(article.byline) }}{%- endif -%}
{{ blocks(article.call_to_action) }}{{ parts.notes_list(article.notes, blocks) }}</article>
"""


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


def read(path: Path) -> Article:
    article = read_article(path, path.parent).article
    assert article
    return article


def screen_of(article: Article) -> Screen:
    figures = [block for block in article_blocks(article) if isinstance(block, Figure)]
    pictures = {each.path: Picture(f"pictures/{each.path}", 40, 30) for each in figures}
    return Screen(pictures=pictures, calls=note_calls(article))


def written(project: Project, article: Article, screen: Screen) -> ElementTree.Element:
    """The article as XML: what is not well formed raises ParseError."""
    html = (
        environment(project)
        .from_string(PAGE)
        .render(**our_words(ENGLISH), article=article, screen=screen)
    )
    return ElementTree.fromstring(html.replace("<article", '<article xmlns:epub="urn:ops"', 1))


def words_of(element: ElementTree.Element) -> str:
    """What an element says, without the marks of notes."""
    if element.tag == "br":
        return " " + (element.tail or "")
    own = "" if element.tag == "sup" else element.text or ""
    inner = "" if element.tag == "sup" else "".join(words_of(child) for child in element)
    return own + inner + (element.tail or "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_sentence_has_its_words_and_its_id(path: Path, project: Project) -> None:
    article = read(path)
    root = written(project, article, screen_of(article))
    spans = [each for each in root.iter("span") if each.get("id", "").startswith("s")]
    shown = [(each.get("id"), words_of(each).removesuffix(each.tail or "")) for each in spans]
    assert shown == [(each.id, each.text) for each in article_sentences(article)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_ids_are_given_once_and_every_link_inside_leads_to_one(
    path: Path, project: Project
) -> None:
    article = read(path)
    root = written(project, article, screen_of(article))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert sorted(filter(None, ids)) == sorted(ids_of(article))
    assert len(set(ids)) == len(ids)
    inside = [each.get("href", "") for each in root.iter("a") if each.get("href", "#")[0] == "#"]
    assert {target[1:] for target in inside} <= set(ids)


def test_a_note_leads_back_to_every_sentence_that_calls_it(project: Project) -> None:
    article = read(CASES / "corners.md")
    root = written(project, article, screen_of(article))
    calls = note_calls(article)
    for note in article.notes:
        (entry,) = [each for each in root.iter("li") if each.get("id") == note.id]
        back = [each.get("href") for each in entry.iter("a") if each.get("role") == "doc-backlink"]
        assert back == [f"#{sentence_id}" for sentence_id in calls[note.id]]
        assert back


def test_words_in_several_files_find_each_other(project: Project) -> None:
    article = read(CASES / "torture.md")
    screen = screen_of(article)
    files = {note.id: "notes.xhtml" for note in article.notes}
    root = written(project, article, replace(screen, files=files, epub=True))
    marks = [each for each in root.iter("a") if each.get("role") == "doc-noteref"]
    assert [each.get("href") for each in marks] == [f"notes.xhtml#{n.id}" for n in article.notes]
    assert {each.get("{urn:ops}type") for each in marks} == {"noteref"}


def test_screens_get_no_tag_and_no_style_of_paper(project: Project) -> None:
    for path in SOURCES:
        article = read(path)
        for element in written(project, article, screen_of(article)).iter():
            assert not {name for name in element.attrib if name.startswith("data-")}
            assert "style" not in element.attrib


def test_a_link_to_somebody_else_does_not_say_where_it_comes_from() -> None:
    screen = Screen()
    assert screen.leaves("https://example.org/") and screen.leaves("HTTP://example.org/")
    assert not screen.leaves("#notes") and not screen.leaves("mailto:jo@example.org")


def test_sections_keep_their_nesting(project: Project) -> None:
    article = read(CASES / "torture.md")
    root = written(project, article, screen_of(article))
    levels = [int(each.tag[1]) for each in root.iter() if each.tag in {"h2", "h3", "h4", "h5"}]
    assert levels == [each.heading.level for each in walk_sections(article.sections)]


# ---------------------------------------------------------------- compiled templates


@pytest.fixture
def own(practice: Path) -> Project:
    """A practice with a template of its own, compiled."""
    (practice / "templates").mkdir()
    (practice / "templates" / "own.j2").write_text('<meta charset="utf-8">{{ name }}')
    project = load_project(practice)
    assert rendered(project) == '<meta charset="utf-8">Jo &amp; Co'
    return project


def rendered(project: Project) -> str:
    """The template, in a process that has not seen it yet."""
    _environment.cache_clear()
    _compiled_here.clear()
    return render(project, "own.j2", ENGLISH, name="Jo & Co")


def compiled(project: Project) -> list[Path]:
    return [path for path in (project.work / "templates").rglob("*") if path.is_file()]


def test_a_compiled_template_is_used_again(own: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert rendered(own) == '<meta charset="utf-8">Jo &amp; Co'


def test_no_damage_to_a_compiled_template_reaches_a_page(own: Project) -> None:
    (path,) = compiled(own)
    whole = path.read_bytes()
    assert b"<meta" in whole
    harms = [whole.replace(b"<meta", b"<mdta"), whole[:-1], b"", b"\0" * len(whole), whole + b"!"]
    flips = (
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 9)
    )
    for harm in (*harms, *flips):
        path.write_bytes(harm)
        assert rendered(own) == '<meta charset="utf-8">Jo &amp; Co'
        assert path.read_bytes() == whole


def test_a_changed_template_is_compiled_anew(own: Project) -> None:
    (own.folder / "templates/own.j2").write_text("{{ name }}!")
    assert rendered(own) == "Jo &amp; Co!"


def test_a_filter_that_came_to_know_the_language_is_given_it(
    own: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older leafcast compiled hands such a filter the day alone."""
    (own.folder / "templates/own.j2").write_text("{{ name | in_words }}")
    with monkeypatch.context() as before:
        before.setattr("leafcast.markup.html._in_words", str)
        assert rendered(own) == "Jo &amp; Co"
    _environment.cache_clear()
    assert render(own, "own.j2", ENGLISH, name=date(2026, 3, 1)) == "1 March 2026"


def test_what_is_compiled_once_serves_every_practice_of_a_process(
    own: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker of a cluster has a folder, and a store that is empty, for each article."""
    other = replace(own, folder=tmp_path / "other")
    with monkeypatch.context() as compiling_nothing:
        compiling_nothing.setattr(jinja2.Environment, "compile", None)
        assert (
            render(other, "own.j2", ENGLISH, name="Jo & Co") == '<meta charset="utf-8">Jo &amp; Co'
        )
    assert other.work != own.work and not compiled(other)
    theirs = replace(other, data=(tmp_path / "theirs", *own.data[1:]))
    (tmp_path / "theirs/templates").mkdir(parents=True)
    (tmp_path / "theirs/templates/own.j2").write_text("{{ name }}?")
    assert render(theirs, "own.j2", ENGLISH, name="Jo & Co") == "Jo &amp; Co?"


def test_a_process_keeps_only_so_many_compiled_templates(own: Project) -> None:
    _compiled_here.update({str(number): b"" for number in range(MOST_COMPILED)})
    (own.folder / "templates/own.j2").write_text("{{ name }}!")
    assert render(own, "own.j2", ENGLISH, name="Jo") == "Jo!"
    assert len(_compiled_here) == 1


def test_clean_takes_compiled_templates(own: Project) -> None:
    assert clean_project(own) > 0
    assert not compiled(own)


def test_where_nothing_can_be_kept_it_is_compiled_each_time(own: Project) -> None:
    shutil.rmtree(own.work)
    own.work.write_text("a file in place of the folder")
    assert rendered(own) == '<meta charset="utf-8">Jo &amp; Co'


def test_an_open_process_sees_a_new_lexicon_and_a_new_template(practice: Path) -> None:
    """Also one of the practice's own that stands over one of leafcast's, where none stood."""
    (practice / "audio").mkdir()
    project = load_project(practice)
    (practice / "templates/own").mkdir(parents=True)
    (practice / "templates/own.j2").write_text("{{ words | expanded }}")
    assert render(project, "own.j2", ENGLISH, words="A XQ helps") == "A XQ helps"
    for words in ("general practitioner", "doctor"):
        (practice / "audio/lexicon.toml").write_text(f'[expansions]\nXQ = "{words}"\n', "utf-8")
        assert (
            render(project, "own.j2", ENGLISH, words="A XQ helps")
            == f'A <abbr title="{words}">XQ</abbr> helps'
        )
    before = looked_up(project)
    theirs = project.data[-1] / "templates/epub/overlay.smil.j2"
    assert theirs.is_file() and environment(project).get_template("epub/overlay.smil.j2")
    (practice / "templates/epub").mkdir()
    (practice / "templates/epub/overlay.smil.j2").write_text("mine")
    assert render(project, "epub/overlay.smil.j2", ENGLISH) == "mine"
    assert looked_up(project) != before
    (practice / "templates/epub/overlay.smil.j2").unlink()
    assert environment(project).get_template("epub/overlay.smil.j2").filename == str(theirs)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("It grows from there and what you feel.", "you \u2060feel."),
        ("You bring what you know of the NHS", "the \u2060<abbr"),
    ],
)
def test_a_short_last_word_keeps_to_the_one_before(words: str, held: str) -> None:
    assert held in str(hold_end({"NHS": "National Health Service"}, words))


@pytest.mark.parametrize(
    "words",
    ["feel.", "you feel.", "what you feel.", "It is about relationships and circumstances.",
     "It always lasts for 50 minutes", "It is a sign like <.", "It is – so"],
)  # fmt: skip
def test_long_words_short_ends_and_figures_are_as_they_are(words: str) -> None:
    assert "\u2060" not in str(hold_end({}, words))
