"""Markdown as other programs make it: code left out and told, words kept, one `new` and it builds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.commands.cli import leafcast as command
from leafcast.document.article import (
    Article,
    Figure,
    ListBlock,
    Reading,
    article_blocks,
    article_sentences,
    walk_sections,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.practice.project import Project, load_project
from leafcast.readers import read_article
from leafcast.readers.markdown import read_markdown
from leafcast.readers.write_markdown import write_markdown
from leafcast.starting.from_file import start_from_file
from tests.conftest import ROOT

CASES = ROOT / "tests/cases/other_programs"
PICTURE = ROOT / "tests/cases/articles/armchairs.png"
HEAD = "---\ntitle: X\nauthor: Jo\npublished: 2026-11-24\nreview: 2029-11-24\n---\n"
ABOVE = HEAD.count("\n")


def read(body: str, source: Path = Path("source")) -> Reading:
    return read_markdown(HEAD + body, Origin("source/x.md", "x", source))


def body(text: str, source: Path = Path("source")) -> str:
    """What an article says, as Markdown."""
    article = read(text, source).article
    assert article
    return write_markdown(article).text.split("---\n", 2)[2].strip()


def told(text: str) -> list[tuple[str, int]]:
    """The codes of what is told, each with its line in the body."""
    return [(f.code, (f.place.line or 0) - ABOVE) for f in read(text).findings if f.place]


# ---------------------------------------------------------------- code of site programs

LEFT_OUT = [
    ("One {% include video.html %} two.", "One two.", "site-code"),
    ("One.\n\n{{< youtube abc >}}\n\nTwo.", "One.\n\nTwo.", "site-code"),
    ("One {{ page.date | date: '%Y' }}, two.", "One , two.", "site-code"),
    ("{{< tip >}}\nOne.\n{{< /tip >}}", "One.", "site-code"),
    ("One.\n\n[gallery ids=\"1,2\"]\n\nTwo.", "One.\n\nTwo.", "site-code"),
    ("One.\n{: .lead}\n\nTwo.", "One.\n\nTwo.", "site-marks"),
    ("[Book](https://x.org/){: .button target=\"_blank\"}", "[Book](https://x.org/)", "site-marks"),
    ("* TOC\n{:toc}\n\nOne.", "One.", "site-marks"),
    ("## One {#one}\n\nTwo.", "## One\n\nTwo.", "site-marks"),
    ("## One {.wide key=value}\n\nTwo.", "## One\n\nTwo.", "site-marks"),
    ("[TOC]\n\nOne.", "One.", "site-marks"),
    ("One.\n\n\\newpage\n\nTwo.", "One.\n\nTwo.", "site-marks"),
    ("One.\n\n*[GP]: General practitioner", "One.", "site-marks"),
    ("import A from './a.js'\n\nOne.", "One.", "site-marks"),
    ("export const a = {\n  b: 1,\n}\n\nOne.", "One.", "site-marks"),
    ("<Tabs>\n\nOne **two**.\n\n</Tabs>", "One **two**.", "site-marks"),
    ("One.\n\n<Video id={1 > 0} />", "One.", "site-code"),
    ("One {props.name}.", "One .", "site-code"),
    ("<o:p></o:p>One.", "One.", "site-marks"),
    (":::tip\nOne.\n:::", "**Tip**\n\nOne.", "site-marks"),
    (":::note[Two]\n\nOne.\n\n:::", "**Two**\n\nOne.", "site-marks"),
    ("::: {.columns}\nOne.\n:::", "One.", "site-marks"),
    ("!!! note \"Two\"\n    One.\n\n    - a", "**Two**\n\nOne.\n\n- a", "site-marks"),
    ("> [!warning]- Two\n> One.\n>\n> > [!tip]\n> > Three.", "**Two**\n\nOne.\n\n**Tip**\n\nThree.", "site-marks"),
    ("One [[Two|three]] and [[a/Four]].", "One three and Four.", "link-to-note"),
    ("One %%a note to myself%% two.", "One two.", "comment-left-out"),
    ("One {/* a note */} two.", "One two.", "comment-left-out"),
    ("{# a note #}\n\n{% comment %}\nno\n{% endcomment %}\n\nTwo.", "Two.", "comment-left-out"),
    ("One.\n\n![[Other note]]", "One.", "site-code"),
    ("#grief #loss\n\nOne.", "One.", "site-marks"),
    ("- [ ] one\n- [x] two", "- one\n- two", "site-marks"),
    ("One. ^ab12cd", "One.", "site-marks"),
    ("A session costs ~~£50~~ £60.", "A session costs £60.", "struck-left-out"),
    ("A session costs <s>£50</s> £60.", "A session costs £60.", "struck-left-out"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left", "code"), LEFT_OUT, ids=[text for text, _, _ in LEFT_OUT])
def test_what_is_no_word_is_left_out_and_told(text: str, left: str, code: str) -> None:
    assert body(text) == left
    assert code in {code for code, _ in told(text)}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("==One== two.", "**One** two."),
        ("20 m^2^ of CO~2~", "20 m² of CO₂"),
        ("One^[A note.].", "One[^1].\n\n[^1]: A note."),
        ("Email\n: me at home", "**Email**\n\nme at home"),
        ("\tOne *two*.\n\n    Three.", "One *two*.\n\nThree."),
        ("1986. A great year.", "1986\\. A great year."),
        ("1986. One.\n1990. Two.\n\n1. a\n2. b", "1986\\. One.\n\n1990\\. Two.\n\n1. a\n2. b"),
        ("1999. a\n2000. b", "1999. a\n2000. b"),
        ("Dear {name}, 50% ~ 60%, a == b, `{% code %}` and \\{{ so }}.",
         "Dear \\{name}, 50% ~ 60%, a \\== b, `{% code %}` and \\{\\{ so }}."),
        ("Write to <your name> at <the practice>.", "Write to \\<your name> at \\<the practice>."),
        ("<client name>", "\\<client name>"),
        ("Dear <Client>,", "Dear \\<Client>,"),
        ("[see](in the text)", "\\[see\\](in the text)"),
        ("<https://x.org> and <jo@x.org>", "https://x.org and jo@x.org"),
    ],
)  # fmt: skip
def test_what_is_understood_is_not_told(text: str, same: str) -> None:
    assert body(text) == same
    assert told(text) == []


def test_code_is_told_at_its_line() -> None:
    text = "One.\n\n```\n{{ shown }}\n{% code %}\n```\n\n{% first %}\n\n{{ second }} {{ third }}\n"
    assert told(text) == [("site-code", 8), ("site-code", 10)]
    second = read(text).findings[1]
    assert "“{{ second }}”, “{{ third }}”" in second.message


@pytest.mark.parametrize("sign", "{<[=%~^!`")
def test_many_signs_are_read_in_time(sign: str) -> None:
    for text in (sign * 9000, f"{sign}{sign} a " * 3000, f"a{sign}b\n" * 3000):
        assert read(text).findings is not None


# ---------------------------------------------------------------- HTML in Markdown

HTML = [
    ("<div class=\"note\">\nQ&amp;A: &pound;60, don&rsquo;t. **Call** us.\n</div>", "Q&A: £60, don’t. **Call** us."),
    ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
    ("<h2>One</h2>\n\nTwo.", "## One\n\nTwo."),
    ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
     "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ("<p>One <b>two</b> &amp; <a href=\"https://x.org\">three</a>.</p>", "One **two** & [three](https://x.org)."),
    ("One <b>two</b>, <em>three</em>, <a href=\"https://x.org\">four</a>.", "One **two**, *three*, [four](https://x.org)."),
    ("One<br>two<br/>", "One\\\ntwo"),
    ("Le <span lang=\"fr\">mot juste</span>.", "Le [mot juste]{lang=fr}."),
    ("<details>\n<summary>One?</summary>\n\nTwo *three*.\n\n</details>", "**One?**\n\nTwo *three*."),
    ("- one\n- <p>two</p>", "- one\n- two"),
    ("<blockquote>One.</blockquote>", "> One."),
    ("<p>Write to <your name>.</p>", "Write to \\<your name>."),
    ("One <b>two", "One two"),
    ("<center>**One** [two](https://x.org)</center>", "**One** [two](https://x.org)"),
    ("10<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>", "10², H₂O, 1st"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "same"), HTML, ids=[text for text, _ in HTML])
def test_html_is_read_as_a_page_shows_it(text: str, same: str) -> None:
    assert body(text) == same
    assert {code for code, _ in told(text)} == {"raw-html"}


def test_html_without_words_is_a_warning() -> None:
    (finding,) = read("One.\n\n<iframe src='x'></iframe>\n").findings
    assert (finding.code, finding.severity) == ("raw-html", Severity.WARNING)


def test_html_nested_without_end_is_read_in_time() -> None:
    assert body("<b>" * 1500 + "one" + "</b>" * 1500).strip("*") == "one"
    assert body("<b>" * 3000 + "one") == "one"


# ---------------------------------------------------------------- pictures and links


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for name in ("IMG 1234.JPG", "IMG (2).JPG", "a.png"):
        shutil.copy(PICTURE, tmp_path / name)
    return tmp_path


PICTURES = [
    ("![A chair](IMG 1234.JPG)", "IMG 1234.JPG", "A chair"),
    ("![A chair](<IMG 1234.JPG>)", "IMG 1234.JPG", "A chair"),
    ("![A chair](IMG%201234.JPG)", "IMG 1234.JPG", "A chair"),
    ('![A chair]( IMG 1234.JPG "Mine" )', "IMG 1234.JPG", "A chair"),
    ("![A chair](IMG (2).JPG “Mine”)", "IMG (2).JPG", "A chair"),
    ("![A chair](a.png =300x200)", "a.png", "A chair"),
    ("![[IMG 1234.JPG|A chair|300]]", "IMG 1234.JPG", "A chair"),
    ("![A leaf <green> on *it* `x`](a.png)", "a.png", "A leaf <green> on it x"),
    ("![A leaf\non it](a.png)", "a.png", "A leaf on it"),
    ("<img src='a.png' alt='A chair'>", "a.png", "A chair"),
    ("<figure><img src='a.png' alt='A chair'></figure>", "a.png", "A chair"),
    ('{{< figure src="a.png" alt="A chair" >}}', "a.png", "A chair"),
    ("{% include image.html url='a.png' alt='A chair' %}", "a.png", "A chair"),
    ('{% image "a.png", "A chair" %}', "a.png", "A chair"),
    ('<Image src="a.png" alt="A chair" />', "a.png", "A chair"),
    ("![A chair](a.png){#fig:1 width=50%}", "a.png", "A chair"),
    ("![A chair][1]\n\n[1]: IMG 1234.JPG", "IMG 1234.JPG", "A chair"),
    ("![A chair]({{ 'a.png' | relative_url }})", "a.png", "A chair"),
]


@pytest.mark.parametrize(("text", "path", "alt"), PICTURES, ids=[text for text, _, _ in PICTURES])
def test_a_picture_is_taken_however_it_is_written(
    text: str, path: str, alt: str, pictures: Path
) -> None:
    reading = read(f"One.\n\n{text}\n", pictures)
    assert reading.article
    (figure,) = (b for b in article_blocks(reading.article) if isinstance(b, Figure))
    assert (figure.path, figure.alt) == (path, alt)
    assert not [f for f in reading.findings if f.severity is Severity.ERROR]
    assert next(s.text for s in article_sentences(reading.article)) == "One."


def test_a_pictures_code_among_the_words_is_told() -> None:
    assert told("One ![A chair](my room) two.") == [("markdown-unread", 1)]
    assert told("One ![A chair][nowhere] two.") == [("markdown-unread", 1)]


def test_a_picture_of_the_sites_root_says_what_to_do() -> None:
    (finding,) = read("One.\n\n![A leaf](/Images/blog/a b.png)\n").findings
    assert finding.code == "picture-missing" and "(<a b.png>)" in finding.fix


LINKS = [
    ("[a](https://x.org/a b.html)", "[a](https://x.org/a%20b.html)"),
    ("See https://www.nhs.uk/a_b/ now.", "See https://www.nhs.uk/a\\_b/ now."),
    ("(see www.mind.org.uk).", "(see www.mind.org.uk)."),
    ("Mail jo.b@example.org.uk!", "Mail jo.b@example.org.uk!"),
    ("https://x.org/a_(b).", "https://x.org/a\\_(b)."),
    ("`https://x.org` a@b http://u@x.org", "`https://x.org` a@b http://u@x.org"),
]


@pytest.mark.parametrize(("text", "same"), LINKS, ids=[text for text, _ in LINKS])
def test_bare_addresses_are_links(text: str, same: str) -> None:
    assert body(text) == same


# ---------------------------------------------------------------- whole files


@dataclass(frozen=True)
class Wanted:
    """What an article is to be: its name, title, author and day, its headings, and its points."""

    slug: str
    title: str = "What is grief"
    author: str = "Jo Example"
    published: str = "2026-08-14"
    headings: tuple[str, ...] = ("What helps",)
    points: int = 0
    pictures: int = 0
    words: tuple[str, ...] = ()


PRACTICES = "Jo Example, counsellor"
TODAY = "2026-11-24"
WANTED = {
    "2026-08-14-jekyll.md": Wanted(
        "grief-what-to-expect", "Grief: What to Expect", PRACTICES, headings=("What it is like",),
        pictures=1, words=("Email", "me@example.org", "Read the next part."),
    ),
    "hugo.md": Wanted("what-is-grief", points=2, pictures=1, words=("Sleep when you can.",)),
    "hugo-bundle.md": Wanted("what-is-grief", points=2),
    "astro.md": Wanted("what-is-grief", words=("Sleep when you can.",)),
    "eleventy.md": Wanted("what-is-grief", pictures=1),
    "docusaurus.md": Wanted(
        "what-is-grief", author="Jo Example and Al Other",
        words=("Please remember", "You are not alone.", "How long does it last?", "Rest a little."),
    ),
    "obsidian.md": Wanted(
        "obsidian", "Obsidian", PRACTICES, points=4, pictures=1,
        words=("Grief comes in waves.", "Sleep", "Rest is no luxury."),
    ),
    "pandoc.md": Wanted(
        "what-is-grief", author="Jo Example and Al Other", pictures=1,
        words=("Small words and mot juste, 20 m² and H₂O, .", "It may be short."),
    ),
    "word-to-markdown.md": Wanted(
        "what-is-grief", author=PRACTICES, published=TODAY, points=2,
        words=("It is not an illness!", "Costs £60.", "CO₂ and 10².", "Write to <your name>."),
    ),
    "wordpress-export.md": Wanted(
        "q-a-about-grief", "Q&A about grief", PRACTICES, points=2, pictures=1,
        words=("Q&A: a session costs £60, don’t worry.", "Talk to somebody", "A leaf"),
    ),
    "ghost-multimarkdown.md": Wanted(
        "what-is-grief", headings=("What helps", "At night", "Where to turn")
    ),
    "mkdocs.md": Wanted(
        "what-is-grief", author=PRACTICES, published=TODAY, points=1,
        words=("Take care", "Do not drive when you are very tired.", "1986.", "A great year."),
    ),
    "google-docs.md": Wanted(
        "what-is-grief", published=TODAY, headings=("What helps", "Where to turn"), points=2,
        pictures=1,
    ),
    "quarto.qmd": Wanted("what-is-grief", words=("Sleep", "Sleep when you can.")),
    "notion.md": Wanted(
        "what-is-grief", author=PRACTICES, published=TODAY, points=2, pictures=1,
        words=("💡 Sleep when you can.",),
    ),
}  # fmt: skip


@pytest.fixture
def project(practice: Path) -> Project:
    (practice / "source/quiet-hour.md").unlink()
    return load_project(practice)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with every case, and with the pictures that they show."""
    folder = tmp_path / "site"
    shutil.copytree(CASES, folder)
    (folder / "package.json").write_text("{}")
    for name in ("leaf.png", "assets/images/leaf.png", "media/leaf.png", "What is grief/leaf.png",
                 "attachments/IMG 1234.png", "IMG (2).JPG"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PICTURE, folder / name)
    return folder


def said(article: Article) -> list[str]:
    return [sentence.text for sentence in article_sentences(article)]


@pytest.mark.parametrize("name", WANTED)
def test_one_new_makes_an_article_of_it(name: str, project: Project, desk: Path) -> None:
    wanted = WANTED[name]
    started = start_from_file(project, desk / name)
    assert started.path and started.path.name == f"{wanted.slug}.md"
    assert not [f for f in started.findings if f.severity is Severity.ERROR]
    reading = read_article(started.path, project.source)
    article = reading.article
    assert article and reading.findings == ()
    assert (article.title, article.author, str(article.published)) == (
        wanted.title, wanted.author, wanted.published
    )  # fmt: skip
    headings = tuple(section.heading.text for section in walk_sections(article.sections))
    assert headings == wanted.headings
    blocks = list(article_blocks(article))
    assert sum(len(b.entries) for b in blocks if isinstance(b, ListBlock)) == wanted.points
    assert sum(isinstance(b, Figure) for b in blocks) == wanted.pictures == len(started.pictures)
    assert "Grief comes in waves." in said(article) or name in (
        "eleventy.md",
        "wordpress-export.md",
    )
    assert [words for words in wanted.words if words not in said(article)] == []
    assert not any(
        sign in words for words in said(article) for sign in ("{{", "{%", "]]", ":::", "</")
    )


def test_every_case_is_tried() -> None:
    assert {path.name for path in CASES.iterdir()} == set(WANTED)


def test_the_author_and_language_written_for_her_are_told(project: Project, desk: Path) -> None:
    started = start_from_file(project, desk / "mkdocs.md")
    codes = {finding.code for finding in started.findings}
    assert {"guessed-author", "guessed-language", "guessed-published", "guessed-review"} <= codes


def test_a_picture_that_is_nowhere_is_left_out_of_what_is_written(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Grief\n\nOne.\n\n![A leaf](../x/leaf.png)\n")
    started = start_from_file(project, file)
    (missing,) = (f for f in started.findings if f.code == "picture-missing")
    assert missing.severity is Severity.WARNING and "left out" in missing.message
    assert started.path and "leaf.png" not in started.path.read_text("utf-8")


def test_no_picture_is_taken_from_outside_the_site(project: Project, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    shutil.copy(PICTURE, tmp_path / "secret.png")
    file = tmp_path / "desk/a.md"
    file.write_text("# Grief\n\nOne.\n\n![A leaf](../secret.png)\n")
    assert start_from_file(project, file).pictures == ()


def test_a_draft_of_another_program_stays_one(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("+++\ntitle = 'Grief'\ndraft = true\n+++\n\nOne.\n")
    started = start_from_file(project, file)
    assert started.path and "article-draft" in {f.code for f in started.findings}
    reading = read_article(started.path, project.source)
    assert reading.article is None and reading.unwritten
    assert [f.code for f in reading.findings] == ["article-draft"]
    started.path.write_text(started.path.read_text("utf-8").replace("draft: true\n", ""))
    assert read_article(started.path, project.source).article


def test_a_foreign_file_in_source_is_written_anew_in_its_place(project: Project) -> None:
    file = project.source / "2026-08-14-grief.md"
    shutil.copy(CASES / "hugo-bundle.md", file)
    foreign = file.read_bytes()
    reading = read_article(file, project.source)
    assert {f.code for f in reading.findings} == {"no-review", "front-matter-translated"}
    started = start_from_file(project, file)
    assert started.path == file and file.read_bytes() != foreign
    assert (project.source / "originals" / file.name).read_bytes() == foreign
    assert read_article(file, project.source).article


def test_new_and_build_are_enough(project: Project, desk: Path) -> None:
    folder = str(project.folder)
    run = CliRunner().invoke(command, ["new", str(desk / "hugo.md"), "--project", folder])
    assert run.exit_code == 0, run.output
    arguments = ["build", "--voice", "tone", "--edition", "a4", "--jobs", "1", "--project", folder]
    built = CliRunner().invoke(command, arguments)
    assert built.exit_code == 0, built.output
    assert (project.folder / "dist/what-is-grief/what-is-grief-a4.pdf").exists()


@pytest.mark.parametrize("words", ["https://x.org/grief", "www.x.org/grief", "HTTP://x.org"])
def test_an_address_says_how_to_save_the_page(words: str, project: Project) -> None:
    run = CliRunner().invoke(command, ["new", words, "--project", str(project.folder)])
    assert run.exit_code == 2 and "save it" in run.output
    assert not list(project.source.glob("*.md"))
