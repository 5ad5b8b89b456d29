"""Markdown with front matter → Article.

CommonMark with tables, footnotes and `[words]{lang=fr}` for words in another language. A line
`---` after the last heading begins the closing: a first paragraph wholly in **bold** is the
byline, what follows is the call to action. Raw HTML is never passed on, and the code of other
programs is left out (`site_code`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from leafcast.document.article import Article, Paragraph, Reading, walk_sections
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.locale.language import ENGLISH, language_of
from leafcast.readers.assemble import DEEPEST, Writer, assemble, is_too_long
from leafcast.readers.drafts import quoted
from leafcast.readers.front_facts import Facts, read_facts
from leafcast.readers.front_lines import split_front_matter
from leafcast.readers.front_matter import (
    FrontMatter,
    asked_once,
    example,
    front_of,
    read_front_matter,
)
from leafcast.readers.left_out import left_out_of, tell_left_out
from leafcast.readers.mark_kinds import is_choice, is_mark
from leafcast.readers.markdown_html import closed_in
from leafcast.readers.markdown_nodes import Shown
from leafcast.readers.markdown_tree import Tree
from leafcast.readers.marks import Outline, place_marks, take_marks
from leafcast.readers.rewriting import Kind
from leafcast.readers.site_code import without_site_code
from leafcast.readers.starter import example_left
from leafcast.readers.uncalled import uncalled_notes

MOST_BRACKETS: Final = 10_000
MOST_COLUMNS: Final = 100
"""What an article never has, and what would keep the parser busy for hours: for each bracket it
looks at all that follows, and each row of a table is made as long as the first.
"""

Complete = Callable[[Facts, Shown], None]
"""Completes what front matter says, given what the article shows above its first words."""
Rename = Callable[[str], str]
"""A picture's name beside the article, from its address."""


def read_markdown(text: str, origin: Origin) -> Reading:
    """Read an article written in Markdown. Never raises: every fault is a finding."""
    return _read(text, origin, None, frozenset())


def read_completed(text: str, origin: Origin, complete: Complete, rename: Rename) -> Reading:
    """Read any Markdown, its facts completed by `complete`, so that nothing need be asked for; its
    pictures are looked up under the names that `rename` gives their addresses.
    """
    return _read(text, origin, (complete, rename), frozenset())


def _read(
    text: str, origin: Origin, started: tuple[Complete, Rename] | None, nowhere: frozenset[str]
) -> Reading:
    """The article; links to `nowhere`, ids that it has not, leave their words. `started` is what
    completes one that `new` begins.
    """
    head, body, above = split_front_matter(text, bare=started is not None)
    writer = Writer(origin)
    facts = Facts() if head is None else read_facts(head, origin)
    tokens = _tokens(body, above, writer)
    if tokens is None:
        return Reading(None, (*facts.findings, *writer.findings))
    plain, left = without_site_code(body, above)
    parser = markdown_parser()
    tokens = tokens if plain == body else parser.parse(plain)
    taken = take_marks(plain, above, _outline(tokens), origin)
    if taken.body != plain:
        tokens = parser.parse(taken.body)
    nodes = SyntaxTreeNode(tokens).children
    tree = Tree(writer, above, dict(taken.quotes), nowhere, closed_in(body))
    tree.titles = {each.line for each in left if each.kind is Kind.TITLE}
    shown = tree.shown(nodes)
    if started:
        started[0](facts, shown)
        tree.rename = started[1]
    elif facts.draft:
        return Reading(None, (_draft(facts.draft, origin),), unwritten=True)
    if head is None and not started:
        front, found = read_front_matter(None, origin)
    else:
        front, found = _front(facts, shown, origin)
    writer.language = language_of(front.language) if front else ENGLISH
    below = shown.below(nodes, facts.values)
    parts = tree.parts(list(tree.with_headings(below)) if started else below)
    if tree.left_over and not (parts.body or parts.byline or parts.call_to_action):
        return Reading(None, (_not_written(origin),), unwritten=True)

    def read_words(words: str, line: int) -> Paragraph:
        return writer.paragraph(
            tree.words.read(SyntaxTreeNode(parser.parseInline(words)).children), line
        )

    marks = place_marks(taken.marks, origin, read_words)
    reading = assemble(front, replace(parts, marks=marks), writer)
    lost = tree.words.places - _ids(reading.article) if reading.article else frozenset()
    if lost and not nowhere:
        return _read(text, origin, started, frozenset(lost))
    left += [*tree.words.left, *uncalled_notes(plain, above)]
    told = tell_left_out(left, origin)
    left_over = (example_left(line, origin) for line in tree.left_over)
    findings = (*found, *taken.findings, *left_over, *told, *reading.findings)
    if any(finding.code == "no-text" for finding in findings):
        return Reading(None, findings, unwritten=True)
    return replace(reading, findings=findings, left_out=tuple(left_out_of(left)))


def _tokens(body: str, above: int, writer: Writer) -> list[Token] | None:
    """The tokens of `body`; None where it holds more than can be read, which is told."""
    if found := _too_much(body):
        line, what = found
        writer.find("markdown-too-large", Severity.ERROR, what, above + line)
        return None
    tokens = markdown_parser().parse(body)
    return None if _refused(tokens, above + 1, writer) else tokens


def _front(
    facts: Facts, shown: Shown, origin: Origin
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The article's settings; what is shown stands for what is not said, and the rest is asked for
    once.
    """
    told = []
    readable = not facts.findings_of("front-matter-unreadable")
    for key, words in (("title", shown.title), ("author", shown.author)):
        if words and readable and not facts.values.get(key):
            facts.values[key] = words
            facts.lines.setdefault(key, shown.line)
            said = f"{quoted(words)}, above the first words, was read as the {key}"
            fix = f"Write {key}: {example(key)} into the front matter if it is another"
            told.append(
                origin.finding(f"guessed-{key}", Severity.ADVICE, said, fix, line=shown.line)
            )
    front, found = front_of(facts, origin)
    return front, (*told, *asked_once(found, origin))


def _draft(line: int, origin: Origin) -> Finding:
    return origin.finding(
        "article-draft",
        Severity.WARNING,
        "This article is marked as a draft, so nothing is made of it",
        "Take this line out when it is ready",
        line=line,
    )


def _not_written(origin: Origin) -> Finding:
    return origin.finding(
        "article-not-written",
        Severity.WARNING,
        "This article is not written yet: all it says is the example that new put there",
        "Write it in the example’s place, then run the build again",
    )


def markdown_parser() -> MarkdownIt:
    """What CommonMark, tables, footnotes, lists of definitions and `[words]{lang=fr}` are read
    with. Indented text is text, for nobody who writes articles means code by it.
    """
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST + 4})
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.use(footnote_plugin).use(deflist_plugin).use(attrs_plugin, spans=True)
    parser.validateLink = lambda target: True  # type: ignore  # see `safe_target`
    rules = parser.inline.ruler
    span = next(rule.fn for rule in rules.__rules__ if rule.name == "span")
    # Asked to skip what stands in a link, it must not: a link in a link is none, a span is no link.
    rules.at("span", lambda state, silent: not silent and bool(span(state, silent)))
    return parser


def _refused(tokens: Sequence[Token], first: int, writer: Writer) -> bool:
    """Whether there is what cannot be read, nested too deep or too long; it is told."""
    for token in tokens:
        line = first + (token.map or (0,))[0]
        if token.level >= 2 * DEEPEST or _depth(token) > DEEPEST:
            writer.too_deep(line)
            return True
        if token.type in ("inline", "fence", "code_block") and is_too_long(token.content):
            writer.paragraph_too_long(token.content, line)
            return True
    return False


def _too_much(body: str) -> tuple[int, tuple[str, str]] | None:
    """The line on which there is more than can be read, what is wrong with it, and the fix."""
    brackets = 0
    for number, line in enumerate(body.split("\n"), 1):
        brackets += line.count("[")
        if brackets > MOST_BRACKETS:
            words = (
                f"Up to here there are more than {MOST_BRACKETS:,} brackets, which no article has"
            )
            return number, (words, "Take out what is no text")
        if line.count("|") > MOST_COLUMNS:
            words = f"A table has more than {MOST_COLUMNS} columns here, which no page can show"
            return number, (words, "Make more tables of it, or a list")
    return None


def _ids(article: Article) -> set[str]:
    """The places in an article that its links may lead to."""
    sections = {f"#{section.id}" for section in walk_sections(article.sections)}
    return sections | {f"#{note.id}" for note in article.notes}


def _outline(tokens: Sequence[Token]) -> Outline:
    """Where headings, code and quotations are.

    A mark over a line of dashes only looks like a heading.
    """
    spans = [(token, token.map) for token in tokens if token.map]
    return Outline(
        {
            end - 1: start
            for (token, (start, end)), (inline, _) in pairwise(spans)
            if token.type == "heading_open"
            and token.level == 0
            and not is_choice(inline.content)
            and not (is_mark(inline.content) and token.markup in ("-", "="))
        },
        {
            line
            for token, (start, end) in spans
            if token.type in ("fence", "code_block", "html_block")
            for line in range(start, end)
        },
        {start for token, (start, _) in spans if token.type == "blockquote_open"},
    )


def _depth(token: Token) -> int:
    """How deep the marks of running text are nested in a token."""
    return max((child.level for child in token.children or ()), default=0)
