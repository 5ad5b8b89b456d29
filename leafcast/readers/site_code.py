"""Code of other programs in Markdown: left out of the text and told, or read as what it shows.

Website programs (Jekyll, Hugo, Eleventy, Astro, Docusaurus) and converters (Pandoc) have marks of
their own in what is otherwise Markdown. None of it is words: what shows a picture becomes one, what
encloses words leaves them, everything else is left out and told. Every line stays where it was.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from leafcast.readers.asides import open_asides
from leafcast.readers.html_names import CONTAINERS, is_html
from leafcast.readers.notebooks import read_notebook
from leafcast.readers.raised import SUBSCRIPT, SUPERSCRIPT
from leafcast.readers.rewriting import Kind, Left, Rewriting, attributes, picture
from leafcast.readers.spaced import enclose_addresses
from leafcast.readers.verbatim import put_back, set_aside

HINTS: Final = re.compile(
    r"\{|\}|\[/|\[gallery|==|%%|\[\[|\]\(|:::|!!!|\?\?\?|\[!|<"
    r"|^[ \t]*(import|export)\b|^[ \t]*#+[^\s#]|^[ \t]*\*\["
    r"|^(?:Created|Last edited|Tags?|Status)\b[^\n]*:"
    r"|\[[ xX]\]|^ {0,3}\[[^\]\n]+\]:|^\\\w|\^\w|~\w|\[toc\]",
    re.M | re.I,
)
"""What a text has that may hold any of this; most articles have little of it."""
TEMPLATE: Final = re.compile(
    r"(?<!\\)\{\{(?:[^}]|\}(?!\})){0,2000}\}\}|(?<!\\)\{%(?:[^%]|%(?!\})){0,2000}%\}"
)
"""A tag of Liquid, Nunjucks or Go templates."""
COMMENTS: Final = re.compile(
    r"(?<!\\)(?:\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{\{<?-?\s*/\*.*?\*/\s*-?>?\}\}"
    r"|\{/\*.*?\*/\}|\{#(?=[\s-]).*?#\}|\{::comment\}.*?\{:/(?:comment)?\}|\{::comment[^}]*/\})",
    re.S,
)
SHOWS_PICTURE: Final = re.compile(
    r"\{\{[<%]\s*[\w/-]*(?:figure|img|image|picture|photo)|\{%-?\s*(?:include\S*\s+)?[\w./-]*"
    r"(?:figure|img|image|picture|photo)",
    re.I,
)
TARGET: Final = re.compile(
    r"(?<=\]\()(?P<before>[^()\s{<]*)(?P<code>\{\{.*?\}\}|\{%.*?%\})(?P<after>[^()\s]*)"
    r"(?=(?:\s+\"[^\"\n]*\")?\s*\))"
)
MODULES: Final = re.compile(
    r"^(?:import\s+(?:[^\n'\"]*\sfrom\s+)?['\"][^'\"\n]+['\"]"
    r"|export\s+(?:const|let|default|function|async)\b(?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*"
    r"|export\s+\{[^}]*\}[^\n]*?);?[ \t]*$",
    re.M,
)
"""Lines of program at the top of MDX."""
EXPRESSION: Final = re.compile(r"(?<![\\\])*`])\{[A-Za-z_$][\w$]*(?:\.[\w$]+|\([^(){}]*\))+\}")
_VALUES: Final = r"(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\}){0,500}\}){0,60}"
TAG: Final = re.compile(rf"(?<!\\)(?<!\]\()<(/?)([A-Za-z][\w.-]*)((?:\s{_VALUES})?)(/?)>")
OFFICE: Final = re.compile(r"</?[ovwmx]\d{0,2}:\w[^<>]*>|<\?xml[^<>]*>")
"""Tags that Word leaves in what is pasted from it."""
CONTAINER: Final = re.compile(
    rf"^[ \t]*(?:</?(?:{'|'.join(CONTAINERS)})(?:\s[^<>]*)?>[ \t]*)+$", re.M | re.I
)
ENCLOSED: Final = re.compile(
    rf"^[ \t]*<(?P<name>{'|'.join((*CONTAINERS, 'p'))})(?:\s[^<>]*)?>"
    r"(?P<words>[^<>\n]*[*_\[`][^<>\n]*)</(?P=name)>[ \t]*$",
    re.M | re.I,
)
"""A line of Markdown between two tags that only enclose it."""
HIDDEN: Final = re.compile(r"\bhidden\b|display\s*:\s*none", re.I)
SUMMARY: Final = re.compile(
    r"^[ \t]*<summary[^<>]*>(?P<words>[^<>\n]+)</summary>[ \t]*$", re.M | re.I
)

ATTRIBUTES: Final = re.compile(
    r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+\S[^\n]*\n[ \t]*\{:\s*toc\b[^}\n]*\}[ \t]*$"
    r"|(?<!\\)\{::?[^{}\n]{0,500}\}"
    r"|(?<![\\\]])\{\s*#[\w:.-]+[^{}\n]{0,500}\}"
    r"|(?<=\))\{(?:[.#]|[\w-]+=)[^{}\n]{0,500}\}"
    r"|(?<=`)\{=\w+\}"
    r"|^[ \t]*\[\[?_?toc_?\]?\][ \t]*$"
    r"|^[ \t]*\\(?:newpage|pagebreak|clearpage|tableofcontents)\b[ \t]*$",
    re.M | re.I,
)
"""Attributes of Kramdown and Pandoc, contents that a program makes, and ends of pages."""
HEADING_ATTRIBUTES: Final = re.compile(
    r"(?<=[^\s\\])[ \t]+\{(?:-|\.[\w-]|[\w-]+=)[^{}\n]{0,500}\}(?=[ \t]*#*[ \t]*$)", re.M
)
HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t].*$", re.M)
WORDPRESS: Final = re.compile(
    r"(?<!\\)\[/?(?:caption|gallery|embed|audio|video|playlist|contact-form[\w-]*|vc_\w+|et_pb_\w+)"
    r"(?:\s[^\]\n]*)?\](?![(\[:])"
)
"""Shortcodes, which an export leaves."""
ABBREVIATION: Final = re.compile(r"^[ \t]*\*\[[^\]\n]+\]:[^\n]*$", re.M)
RAISED: Final = re.compile(r"(?<=[\w)])\^(\d{1,3})\^|(?<=[\w)])~(\d{1,3})~(?!~)")
STRUCK_ONCE: Final = re.compile(
    r"(?<![\w~)/\\])~(?=[^\s~])(?=[^~\n]*[^\W\d_])(?P<words>[^~\n]*[^\s~])~(?![\w~/])"
)
"""Words between single tildes, which GitHub strikes through (GFM 0.29, 6.5)."""

CALL_IN_LINK: Final = re.compile(
    r"(?<![!\\\]])\[(?P<before>[^\[\]\n\\]+?)(?P<call>[ \t]*\[\^[^\]\s\\]+\])(?P<space>[ \t]*)"
    r"(?P<after>[^\[\]\n]*)\]\((?P<target>[^()\s]+)\)"
)
"""A link with the call of a note in it, which CommonMark (6.3) does not take: a link in a link."""


def without_site_code(body: str, above: int) -> tuple[str, list[Left]]:
    """`body` as plain Markdown, and what was left out of it. It has `above` lines over it."""
    if not HINTS.search(body):
        return body, []
    text, code = set_aside(body)
    rewriting = Rewriting(text)
    rewriting.drop(COMMENTS, Kind.COMMENT)
    rewriting.replace(TARGET, _target)
    rewriting.replace(TEMPLATE, _template)
    _leave_components(rewriting)
    rewriting.drop(MODULES, Kind.MARK)
    rewriting.drop(EXPRESSION, Kind.CODE)
    _leave_html(rewriting)
    rewriting.drop(ATTRIBUTES, Kind.MARK)
    rewriting.replace(HEADING, _heading)
    rewriting.drop(WORDPRESS, Kind.CODE)
    rewriting.drop(ABBREVIATION, Kind.MARK)
    rewriting.replace(RAISED, _raised)
    rewriting.replace(STRUCK_ONCE, lambda _, found: f"~~{found['words']}~~")
    rewriting.replace(CALL_IN_LINK, _call_in_link)
    read_notebook(rewriting)
    enclose_addresses(rewriting)
    open_asides(rewriting)
    left = [replace(each, line=each.line + above) for each in rewriting.left]
    return put_back(rewriting.text, code), left


def _target(rewriting: Rewriting, found: re.Match[str]) -> str:
    """An address with code in it, as far as it can be known: what the code names."""
    named = re.search(r"[\"']([^\"']*)[\"']|(?:link|post_url)\s+(\S+)", found["code"])
    said = (named[1] or named[2] or "") if named else ""
    return f"{found['before']}{said}{found['after']}".replace(" ", "%20")


def _template(rewriting: Rewriting, found: re.Match[str]) -> str:
    shown = picture(found[0]) if SHOWS_PICTURE.match(found[0]) else ""
    if not shown:
        rewriting.leave(Kind.CODE, found)
    return shown


def _heading(rewriting: Rewriting, found: re.Match[str]) -> str:
    """A heading without the attributes behind it."""
    inner = Rewriting(found[0])
    inner.drop(HEADING_ATTRIBUTES, Kind.MARK)
    line = rewriting.line(found.start())
    rewriting.left += [Left(each.kind, each.words, line) for each in inner.left]
    return inner.text


def _raised(rewriting: Rewriting, found: re.Match[str]) -> str:
    return found[1].translate(SUPERSCRIPT) if found[1] else found[2].translate(SUBSCRIPT)


def _call_in_link(rewriting: Rewriting, found: re.Match[str]) -> str:
    """The link on both sides of the call."""
    after = f"{found['space']}[{found['after']}]({found['target']})" if found["after"] else ""
    return f"[{found['before']}]({found['target']}){found['call'].strip()}{after}"


# ---------------------------------------------------------------- tags


def _leave_components(rewriting: Rewriting) -> None:
    """Leave out tags of a program's own; a picture's becomes one. Words in angle brackets stay."""
    closed = set(re.findall(r"(?<!\\)</([A-Za-z][\w.-]*)\s*>", rewriting.text))
    imported = set(re.findall(r"^import\s+\{?\s*(\w+)", rewriting.text, re.M))

    def component(rewriting: Rewriting, found: re.Match[str]) -> str:
        closing, name, values, single = found.groups()
        known = name in closed or name in imported or closing or single or attributes(values)
        if is_html(name):
            return found[0]
        if not known:
            return f"\\{found[0]}"
        if shown := picture(f"{name}{values}"):
            return shown
        rewriting.leave(Kind.CODE if single or name not in closed else Kind.MARK, found)
        return ""

    rewriting.replace(TAG, component)
    rewriting.drop(OFFICE, Kind.MARK)


def _leave_html(rewriting: Rewriting) -> None:
    """Leave out lines of tags that only enclose, so that what stands in them is Markdown."""

    def container(rewriting: Rewriting, found: re.Match[str]) -> str:
        if HIDDEN.search(found[0]):
            return found[0]
        if re.search(r"<\w", found[0]):
            rewriting.leave(Kind.HTML, found)
        return ""

    def summary(rewriting: Rewriting, found: re.Match[str]) -> str:
        rewriting.leave(Kind.HTML, found)
        goes_on = re.match(r"\n[ \t]*\S", found.string[found.end() :])
        return f"**{found['words'].strip()}**" + ("\\" if goes_on else "")

    def enclosed(rewriting: Rewriting, found: re.Match[str]) -> str:
        rewriting.leave(Kind.HTML, found)
        return found["words"].strip()

    rewriting.replace(CONTAINER, container)
    rewriting.replace(ENCLOSED, enclosed)
    rewriting.replace(SUMMARY, summary)
