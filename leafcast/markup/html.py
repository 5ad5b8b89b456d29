"""Article → HTML: the environment every template is rendered in, and what screens need to know.

The words are set in one place, templates/shared/article.html.j2, for paper and for screens. A
template for paper imports `leaflet/parts.html.j2` before it, one for screens (a page, an EPUB, a
talking book) `shared/screen.html.j2`, which gives each sentence an element with its id:

    {%- import "shared/screen.html.j2" as parts with context -%}
    {%- from "shared/article.html.j2" import blocks, section with context -%}

and is rendered with `screen`, a `Screen`. What comes out is well-formed XML as well as HTML.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import jinja2
from jinja2.bccache import Bucket, bc_magic
from jinja2.runtime import Context
from markupsafe import Markup, escape

from leafcast.design.direction import direction
from leafcast.design.glyphs import LONGEST_HELD
from leafcast.document.article import (
    Article,
    Figure,
    Inline,
    Note,
    Table,
    article_blocks,
    article_sentences,
    called_notes,
    plain_text,
    walk_sections,
)
from leafcast.locale.days import MONTHS
from leafcast.locale.language import SAID_IN_SCRIPT, Language
from leafcast.narration.lexicon import read_lexicon
from leafcast.practice.project import LEXICON_FILE, Project
from leafcast.state.cache import Cache, digest
from leafcast.state.identity import Same

DIALLED: Final = (
    r"(?<![\w.,/£-])\+?\d{2,5}(?: \d{3,6}){1,3}(?![\w./-])"
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)"
)
"""Telephone numbers in groups, such as 0300 123 3393, and postcodes."""
UNITS: Final = (
    "minutes?|hours?|days?|weeks?|months?|years?|sessions?|points?|pounds?|pence"
    "|per cent|percent|%|am|pm|a\\.m\\.|p\\.m\\.|mm|cm|km|metres?|miles?|mg|ml|kg"
)
NUMBERED: Final = "chapter|flat|floor|line|option|page|part|press|room|section|step|unit"
UNBROKEN: Final = "|".join((
    DIALLED,
    r"(?<!\w)NHS \d+(?!\w)",
    rf"(?<![\w.,])\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)})(?!\w)",
    rf"(?<![\w/])[£$€]?\d[\d.,]* (?:{UNITS})(?!\w)",
    rf"(?<!\w)(?i:{NUMBERED}) \d{{1,3}}(?![\w/]|[.,]\d)",
    r"(?<!\w)(?:[A-Z]\. ?)+[A-Z][\w’'-]+",
))  # fmt: skip
"""What no line may end within: a number and its unit, or what it is the number of; day and month,
initials and their name.
"""
WORDS_KEPT: Final = 2000
"""Passages that a process remembers as they are marked: those of a long article or two."""
COMPILED: Final = "templates"
MOST_COMPILED: Final = 200
"""Compiled templates that a process keeps, each some 10 kB; leafcast has fewer than fifty."""
WORD_JOINER: Final = "\u2060"
NO_WIDTH: Final = "\u200b"
"""Where no line ends, and where one may (Unicode annex 14)."""
LONGEST_TIED: Final = 22
"""Letters that fit on a line of the narrowest heading."""

# ---------------------------------------------------------------- screens


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a screen finds it: its address, and its size in pixels where that is known."""

    src: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What an article's words need to know of where they stand on a screen.

    `pictures` are by `Figure.path`. `files` says in which file an id stands, where the words are
    spread over several; an id that is not there stands in the same file. `calls` are the
    sentences that call each note, by its id. `pages` are the printed pages that begin before a
    block or heading, by its id. `epub` adds what only an EPUB understands.
    """

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    epub: bool = False

    def href(self, target: str) -> str:
        """A link's target as it is found from here."""
        return self.files.get(target[1:], "") + target if target.startswith("#") else target

    def leaves(self, target: str) -> bool:
        """Whether a link leads to somebody else, who need not know where from."""
        return urlsplit(target).scheme.lower() in ("http", "https")

    def picture(self, figure: Figure) -> Picture:
        """The picture of a figure. Raises KeyError for one that is not there."""
        return self.pictures[figure.path]

    def callers(self, note: Note) -> tuple[str, ...]:
        """The ids of the sentences that call a note, in reading order."""
        return self.calls.get(note.id, ())


def note_calls(article: Article) -> dict[str, tuple[str, ...]]:
    """The sentences that call each note, by its id: where its back links lead."""
    calls: dict[str, tuple[str, ...]] = {}
    for sentence in article_sentences(article):
        for note_id in dict.fromkeys(called_notes(sentence.content)):
            calls[note_id] = (*calls.get(note_id, ()), sentence.id)
    return calls


def ids_of(article: Article) -> tuple[str, ...]:
    """Every id that an article's words have on a screen, in no particular order."""
    blocks = tuple(article_blocks(article))
    entries = (entry.id for block in blocks for entry in getattr(block, "entries", ()))
    merged = (block for block in blocks if isinstance(block, Table) and block.is_merged)
    sections = tuple(walk_sections(article.sections))
    return (
        *(block.id for block in blocks),
        *entries,
        *(cell.id for table in merged for cell in table.headers),
        *(id for each in sections for id in (each.id, each.heading.id)),
        *(sentence.id for sentence in article_sentences(article)),
        *(note.id for note in article.notes),
    )


# ---------------------------------------------------------------- templates


def render(
    project: Project, template: str, language: Language, within: str = "", **values: object
) -> str:
    """A template, such as `page/page.html.j2`, filled with `values`.

    Our own words in it are of `language`: `_("Note {number}").format(number=1)` puts them into it.
    Where the text around them is `within` another, `our_language` is what marks them, else "".
    Raises jinja2.TemplateNotFound where there is none of that name.
    """
    ours = our_words(language, within)
    return environment(project).get_template(template).render(**ours, **values)


def our_words(language: Language, within: str = "") -> dict[str, object]:
    """What a template needs for our own words, by its name there."""
    return {
        "language": language,
        "our_language": language.within(within or language.tag),
        "_": lambda message: Markup(language.gettext(message)),
        "ngettext": lambda *told: Markup(language.ngettext(*told)),
    }


def script_words(script: str, language: Language) -> str:
    """What a script says in another language than English, as JSON for `data-words`; "" if it says
    nothing else.
    """
    told = {words: language.gettext(words) for words in SAID_IN_SCRIPT.findall(script)}
    other = {words: said for words, said in told.items() if said != words}
    return json.dumps(other, ensure_ascii=False) if other else ""


def environment(project: Project) -> jinja2.Environment:
    """Templates as they are looked up: the practice's own over leafcast's. Autoescape is on.

    It is made anew when the lexicon changed, or a practice gets a template of its own; Jinja sees
    itself when one of those that it has read was saved.
    """
    own = (folder / "templates" for folder in project.data[:-1])
    lexicons = (folder / LEXICON_FILE for folder in project.data)
    return _environment(project, (*_states(lexicons), *_folder_states(own)))


def looked_up(project: Project) -> tuple[object, ...]:
    """What differs once a template or the lexicon changed: for whoever keeps what they gave."""
    folders = [folder / "templates" for folder in project.data]
    files = (path for folder in folders for path in sorted(folder.rglob("*")))
    return (*_states(files), *_states(folder / LEXICON_FILE for folder in project.data))


def _states(paths: Iterable[Path]) -> Iterator[object]:
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            yield path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _folder_states(folders: Iterable[Path]) -> Iterator[object]:
    """The states of folders and of those in them: each differs once a file came or went."""
    return _states(Path(name) for folder in folders for name, _, _ in os.walk(folder))


@lru_cache(8)
def _environment(project: Project, _looked_up: tuple[object, ...]) -> jinja2.Environment:
    folders = [str(folder / "templates") for folder in project.data]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    website = urlsplit(project.practice.website).hostname or ""

    expansions = dict(read_lexicon(project).expansions)

    @jinja2.pass_context
    def leads_to(context: Context, words: str, target: str) -> str:
        return link_words(words, target, website, context["language"])

    environment.filters |= {
        "kind": _kind,
        "in_words": _in_words,
        "dialled": dialled,
        "direction": direction,
        "words": plain_text,
        "tie_end": tie_end,
        "hold_end": partial(hold_end, expansions),
        "breakable": breakable,
        "is_work": is_work,
        "expanded": partial(mark_words, expansions),
        "leads_to": leads_to,
    }
    environment.bytecode_cache = _Compiled(Cache(project.work), _passed(environment.filters))
    return environment


def _passed(filters: Mapping[str, object]) -> tuple[str, ...]:
    """The filters that are handed the context: what is compiled hands it to them, or does not."""
    return tuple(sorted(name for name in filters if hasattr(filters[name], "jinja_pass_arg")))


_compiled_here: dict[str, bytes] = {}
"""What was compiled or read in this process: a worker of a cluster has a store for each article,
and the same templates for all."""


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept with a hash of their own: damaged bytecode does anything."""

    def __init__(self, store: Cache, passed: tuple[str, ...]) -> None:
        self.store = store
        self.passed = passed

    def _key(self, bucket: Bucket) -> str:
        """The hash of what decides how a template is compiled: its words, its name, and by what."""
        return digest(bucket.key, bucket.checksum, bc_magic, self.passed)

    def load_bytecode(self, bucket: Bucket) -> None:
        """See jinja2.BytecodeCache."""
        key = self._key(bucket)
        stored = _compiled_here.get(key) or self.store.read(COMPILED, key)
        if stored is not None:
            self._keep_here(key, stored)
            bucket.bytecode_from_string(stored)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See jinja2.BytecodeCache; what cannot be kept is compiled again."""
        key, compiled = self._key(bucket), bucket.bytecode_to_string()
        self._keep_here(key, compiled)
        with suppress(OSError):
            self.store.write(COMPILED, key, compiled)

    def _keep_here(self, key: str, compiled: bytes) -> None:
        if len(_compiled_here) >= MOST_COMPILED:  # templates that were saved again and again
            _compiled_here.clear()
        _compiled_here[key] = compiled


def template_text(project: Project, name: str) -> Markup:
    """A file of templates/ as it is, such as a stylesheet: the practice's own, not a reader's."""
    return Markup(project.find(f"templates/{name}").read_text("utf-8"))


def _kind(of: object) -> str:
    """The name of what stands in the model, such as `Paragraph`."""
    return type(of).__name__


@jinja2.pass_context
def _in_words(context: Context, day: date) -> str:
    language: Language = context["language"]
    return language.in_words(day)


# ---------------------------------------------------------------- words


def mark_words(expansions: Mapping[str, str], words: str) -> Markup:
    """`words` with what abbreviations stand for, and numbers to dial kept on one line.

    The first is for whoever has the page read aloud, the second for the eye (UKAAF G003).
    """
    return _marked(Same(expansions), words)


@lru_cache(WORDS_KEPT)
def _marked(expansions: Same[Mapping[str, str]], words: str) -> Markup:
    """An article is written a few dozen times, measured or printed or held to its files."""
    return Markup("").join(
        _mark_word(expansions.value, part) if at % 2 else part
        for at, part in enumerate(_to_mark(expansions).split(words))
    )


@lru_cache(8)
def _to_mark(expansions: Same[Mapping[str, str]]) -> re.Pattern[str]:
    longest_first = sorted(expansions.value, key=len, reverse=True)
    known = "|".join([*(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first), UNBROKEN])
    return re.compile(f"({known})")


def _mark_word(expansions: Mapping[str, str], part: str) -> Markup:
    if part in expansions:
        return Markup('<abbr title="{}">{}</abbr>').format(expansions[part], part)
    return Markup('<span class="tied">{}</span>').format(_expanded(expansions, part))


def _expanded(expansions: Mapping[str, str], part: str) -> Markup:
    """What stays on one line, with what abbreviations in it stand for."""
    return Markup(" ").join(
        _mark_word(expansions, word) if word in expansions else word for word in part.split(" ")
    )


def is_work(content: tuple[Inline, ...]) -> bool:
    """Whether emphasised words are the title of a work, such as *On Death and Dying*.

    Each word of a title that carries weight has a capital, and there are two of them at the least.
    """
    words = re.findall(r"[^\W\d_][\w’'-]*", plain_text(content))
    heavy = [word for word in words if len(word) > 3 or word[0].isupper()]
    return len(heavy) > 1 and words[0][0].isupper() and all(word[0].isupper() for word in heavy)


def breakable(address: str) -> Markup:
    """An address that a line may end after a slash or an @ of, and not at a hyphen, its own.

    Who reads a hyphen at a line's end leaves it out. WeasyPrint sets the first letter behind a
    <wbr> before the break, so the space of no width stands there itself.
    """
    joined = address.replace("-", f"-{WORD_JOINER}")
    return escape(re.sub("([/@])", rf"\1{NO_WIDTH}", joined))


def tie_end(words: str) -> Markup:
    """A heading's end whose last two words, where they are short, stay on one line."""
    *before, last_but_one, last = words.split(" ") if words.count(" ") > 1 else ["", "", words]
    tied = f"{last_but_one} {last}"
    if not before or not last_but_one or len(tied) > LONGEST_TIED:
        return escape(words)
    return escape(" ".join(before)) + Markup(' <span class="tied">{}</span>').format(tied)


def hold_end(expansions: Mapping[str, str], words: str) -> Markup:
    """A paragraph's end whose short last word does not stand on a line of its own.

    A joiner behind the space keeps the two words together, where an element that must not break
    would end the line before it too early (Unicode annex 14, LB11).
    """
    before, _, last = words.rpartition(" ")
    pair = f"{before.rpartition(' ')[2]} {last}"
    apart = len(pair) > LONGEST_HELD or any(map(str.isdigit, pair))
    if before.count(" ") < 2 or apart or not all(map(_has_letters, pair.split(" "))):
        return mark_words(expansions, words)
    return mark_words(expansions, f"{before} ") + WORD_JOINER + mark_words(expansions, last)


def _has_letters(word: str) -> bool:
    return any(map(str.isalpha, word))


def link_words(words: str, target: str, website: str, language: Language) -> str:
    """A link in words: what it says, and where it leads (ISO 14289-1, 7.18.5; WCAG 2.4.4)."""
    scheme, _, rest = target.partition(":")
    if target.startswith("#"):
        leads = language.gettext("goes to that part of this leaflet")
    elif scheme == "tel":
        leads = language.gettext("starts a telephone call")
    elif scheme == "mailto":
        leads = language.gettext("starts an e-mail")
    elif (host := urlsplit(target).hostname or rest) == website:
        leads = language.gettext("opens the practice’s website")
    else:
        leads = language.gettext("opens {host}").format(host=host.removeprefix("www."))
    return f"{' '.join(words.split())}, {leads}"


def dialled(number: str) -> str:
    """A telephone number as RFC 3966 wants it in `tel:`: digits, and a plus before them."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + "".join(character for character in number if character.isdigit())
