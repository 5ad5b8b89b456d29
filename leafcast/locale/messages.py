"""Our own words, found in the program and its templates: what a translator has to say.

    python -m leafcast.locale.messages      writes leafcast/locale/leafcast.pot anew

The template of a catalogue is as gettext has it (GNU gettext manual, 10, “PO Files”): poedit and
its like read it, `msgfmt` makes of it what a `Language` opens.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import jinja2
from jinja2.ext import extract_from_ast

from leafcast.locale.days import MONTHS
from leafcast.locale.language import SAID_IN_SCRIPT
from leafcast.locale.sheet_words import words_in

PACKAGE: Final = Path(__file__).parents[1]
TEMPLATES: Final = PACKAGE.parent / "templates"
CATALOGUE: Final = Path(__file__).with_name("leafcast.pot")
ONE: Final = frozenset(("gettext", "marked", "_said"))
SEVERAL: Final = frozenset(("ngettext", "_counted"))
NOT_READERS: Final = "studio"
"""Templates that the owner sees, and no reader."""

Forms = tuple[str, ...]
"""A message, or its two forms for one and for several."""
HEAD: Final = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def messages() -> dict[Forms, tuple[str, ...]]:
    """All our words that a reader or listener meets, with the files that have them."""
    found: dict[Forms, set[str]] = defaultdict(set)
    for folder, ending, forms_in in SOURCES:
        for path in sorted(folder.rglob(f"*{ending}")):
            if NOT_READERS not in path.relative_to(folder).parts or folder == PACKAGE:
                for forms in forms_in(path.read_text("utf-8")):
                    found[forms].add(path.relative_to(PACKAGE.parent).as_posix())
    for month in MONTHS:
        found[(month,)].add("leafcast/locale/days.py")
    return {forms: tuple(sorted(found[forms])) for forms in sorted(found)}


def in_program(source: str) -> Iterator[Forms]:
    """The words that a module puts into a language."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ONE and node.args:
                yield from ((words,) for words in _strings(node.args[0]))
            elif name in SEVERAL:
                forms = tuple(words for each in node.args[:2] for words in _strings(each))
                yield from [forms] if forms else []


def _strings(node: ast.expr) -> Iterator[str]:
    """What an argument may be: a string, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def in_template(source: str) -> Iterator[Forms]:
    """The words that a template puts into a language."""
    for _, _, found in extract_from_ast(jinja2.Environment(autoescape=True).parse(source)):
        words = (found,) if isinstance(found, str) else found or ()
        if forms := tuple(each for each in words if each):
            yield forms


def in_script(source: str) -> Iterator[Forms]:
    """The words that a page's script says."""
    yield from ((words,) for words in SAID_IN_SCRIPT.findall(source))


def in_sheet(source: str) -> Iterator[Forms]:
    """The words of a sheet in Markdown."""
    yield from ((words,) for words in words_in(source))


SOURCES: Final = (
    (PACKAGE, ".py", in_program),
    (TEMPLATES, ".j2", in_template),
    (TEMPLATES, ".js", in_script),
    (TEMPLATES, ".md", in_sheet),
)
"""Where our words are, and what finds them there."""


def write_catalogue(found: Mapping[Forms, tuple[str, ...]]) -> str:
    """The template of a catalogue."""
    return "\n".join([HEAD, *(_entry(forms, files) for forms, files in found.items())])


def _entry(forms: Forms, files: tuple[str, ...]) -> str:
    comments = "".join(f"#: {each}\n" for each in files)
    if len(forms) == 1:
        return f'{comments}msgid {_quoted(forms[0])}\nmsgstr ""\n'
    one, many = map(_quoted, forms)
    return f'{comments}msgid {one}\nmsgid_plural {many}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    CATALOGUE.write_text(write_catalogue(messages()), "utf-8")
