"""Sources that mean harm, as a stranger would send them: what each holds, and what is to be told.

`pwn()` is what a script of theirs would call; `SECRET` are the words of a file that is none of the
practice's, which nothing may read.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import write_practice
from tests.web_pages import page
from tests.word_files import DECLARED, new_document, part_of, repacked, saved, written

SECRET = "Zauberlehrling"
TITLE = "A </title><script>pwn()</script> ]]> -- “Q” 'q' & --> {{ 7*7 }} %s"
AUTHOR = 'Jo "onload=pwn()" <b>Example</b>'
HEAD = "---\ntitle: {}\nauthor: Jo Example\npublished: 2026-03-01\nreview: 2028-03-01\n---\n\n"
PLAIN = HEAD.format("Plain")
MARKED = (
    "---\n"
    f'title: "{TITLE}"\n'
    f"subtitle: '</h1><iframe src=\"http://evil.example\">'\n"
    f"author: '{AUTHOR}'\n"
    'summary: "\'/><script>pwn()</script><!-- ]]>"\n'
    "published: 2026-03-01\n"
    "review: 2028-03-01\n"
    "---\n\n"
)

Told = tuple[str, int | None]
"""A finding's code and line."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file in source/, and all that is told of it; `built` where the rest of it is an article."""

    name: str
    content: bytes
    told: tuple[Told, ...]
    built: bool = False


# ---------------------------------------------------------------- Markdown

LINES: tuple[tuple[str, str], ...] = (
    # links
    ("A [script](javascript:pwn()) here.", "link-target"),
    ("A [mixed](JaVaScRiPt:pwn()) one.", "link-target"),
    ("A [spelt](&#x6a;avascript:pwn()) one.", "link-target"),
    ("A [named](java&Tab;script:pwn()) one.", "link-target"),
    ("A [spaced](< javascript:pwn()>) one.", "link-target"),
    ("A [basic](vbscript:pwn()) one.", "link-target"),
    ("A [page](data:text/html,<script>pwn()</script>) one.", "link-target"),
    ("A [file](file:///etc/passwd) one.", "link-target"),
    ("A [share](//evil.example/) one.", "link-target"),
    ("A [login](https://www.nhs.uk@evil.example/) one.", "link-target"),
    ("A [bracket](https://[evil) one.", "link-target"),
    ("A [folded](https://a\u2100b.example/) one.", ""),
    ("A [port](https://evil.example:x/) one.", "link-target"),
    ("A [place](#nowhere) that is not.", "link-target"),
    ("A [quoted](https://example.org/%22onmouseover=%22pwn()) one.", ""),
    # raw HTML
    ("<script>pwn()</script>", "raw-html"),
    ('<iframe src="http://evil.example/"></iframe>', "raw-html"),
    ("Some <b onclick=pwn()>bold words.", "raw-html"),
    # pictures
    ("![A garden](../../outside/secret.png)", "picture-missing"),
    ("![A garden](file:///etc/passwd)", "picture-missing"),
    ("![A garden](/etc/passwd)", "picture-missing"),
    ("![A garden](https://evil.example/a.png)", "picture-missing"),
    ("![A garden](//evil.example/a.png)", "picture-missing"),
    ("![A garden](data:image/png;base64,AAAA)", "picture-missing"),
    ("![A garden](a%00b.png)", "picture-missing"),
    ("![A garden](practice.toml)", "picture-unreadable"),
    ("![A garden](elsewhere.png)", "picture-missing"),
    ("![A garden](huge.png)", "picture-too-large"),
    ("![A garden](words.png)", "picture-unreadable"),
    ("![A garden](script.svg)", "picture-hostile"),
    ("![A garden](handler.svg)", "picture-hostile"),
    ("![A garden](fetches.svg)", "picture-hostile"),
    ("![A garden](imports.svg)", "picture-hostile"),
    ("![A garden](entities.svg)", "picture-hostile"),
    ("![A garden](file.svg)", "picture-hostile"),
    ("![A garden](uses.svg)", "picture-hostile"),
    ("![A garden](itself.svg)", "picture-hostile"),
    ("![A garden](deep.svg)", "picture-hostile"),
    ('![A "onerror=pwn() <b>garden](garden.svg)', "raw-html"),
    # signs nobody sees, told once at the first of them
    ("The order is \u202edesrever\u202c here, and \u2066so\u2069 on.", "unseen-signs"),
    ("A bell \x07, an escape \x1b[31m, &#x202E; and &#1; by number, \ufffe none.", ""),
    # words that are markup somewhere
    ("Then 00:00:01.000 --> 00:00:02.000 <v Eve>says\\</v> this &lt;c.pwn>.", ""),
    ("`</script><script>pwn()</script>` is words, and `]]>` and `<!--` are too.", ""),
    ("Say {{ 7*7 }} and {% raw %} and ${7*7} and %s and {number}.", "site-code"),
    ("```\n1\n\n00:00:00,000 --> 00:00:09,000\npwn()\n```", ""),
)  # fmt: skip


def marked_lines() -> tuple[str, list[Told]]:
    """`LINES` below the front matter, and what is told of each."""
    body, told, number = "", [], MARKED.count("\n") + 1
    for text, code in LINES:
        told += [(code, number)] if code else []
        body += f"{text}\n\n"
        number += text.count("\n") + 2
    return body, told


# ---------------------------------------------------------------- pictures

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 10 10">{}</svg>'
)
USE = "<use xlink:href='#a{}'/>"
TENFOLD = "".join(f"<g id='a{at}'>{USE.format(at - 1) * 10}</g>" for at in range(1, 12))
ENTITIES = (
    "<!DOCTYPE {} [<!ENTITY e0 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY e{at} '" + f"&e{at - 1};" * 10 + "'>" for at in range(1, 12))
    + "]>"
)
DRAWINGS = {
    "garden": SVG.format("<path d='M0 0L9 9'/>"),
    "script": SVG.format("<script>pwn()</script>"),
    "handler": SVG.format("<path d='M0 0L9 9' onload='pwn()'/>"),
    "fetches": SVG.format("<image xlink:href='http://evil.example/a.png'/>"),
    "imports": SVG.format("<style>@import 'http://evil.example/a.css';</style>"),
    "entities": ENTITIES.format("svg") + SVG.format("<text>&e11;</text>"),
    "file": "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    + SVG.format("<text>&x;</text>"),
    "uses": SVG.format(f"<g id='a0'><path d='M0 0L9 9'/></g>{TENFOLD}"),
    "itself": SVG.format("<g id='a'><use href='#a'/></g>"),
    "deep": SVG.format("<g>" * 5000 + "</g>" * 5000),
}


def _png_part(name: bytes, content: bytes) -> bytes:
    sum_ = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", sum_)


def png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A PNG of this size (ISO 15948), whose one line of dots is far too short for it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = _png_part(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + _png_part(b"IHDR", head) + extra + dots + _png_part(b"IEND", b"")


def wordy_png() -> bytes:
    """A PNG of ten dots with a note of 100 MB in it, packed."""
    return png(10, 10, _png_part(b"zTXt", b"note\0\0" + zlib.compress(b"a" * 100_000_000)))


# ---------------------------------------------------------------- pages

PARAGRAPH = "<p>" + "It is a quiet hour, and it goes on for a while. " + "</p>"
PAGE_BODY: tuple[tuple[str, str], ...] = (
    (PARAGRAPH, ""),
    ("<p onclick='pwn()'>Some words here are quiet.</p>", "handlers-dropped"),
    ("<p>Then <script>pwn()</script> it goes on.</p>", "scripts-dropped"),
    ("<iframe src='http://evil.example/'>pwn</iframe>", "frames-dropped"),
    ("<object data='http://evil.example/'>pwn</object>", ""),
    ("<svg onload='pwn()'><script>pwn()</script></svg>", "drawings-dropped"),
    ("<p style='background: url(http://evil.example/a.png)'>It is styled here.</p>", ""),
    ("<p>See <a href='javascript:pwn()'>this</a> one.</p>", "link-target"),
    ("<p>See <a href='&#x6a;avascript:pwn()'>this</a> and that.</p>", ""),
    ("<p>See <a href=' java&#9;script:pwn()'>this</a> or that.</p>", ""),
    ("<img alt='A garden' src='data:image/png;base64,AAAA'>", "picture-in-page"),
    ("<img alt='A garden' src='../../outside/secret.png'>", "picture-missing"),
    ("<img alt='A garden' src='file:///etc/passwd'>", "picture-missing"),
    ("<img alt='A garden' src='https://evil.example/a.png'>", "picture-missing"),
    (f"<img alt='A garden' src='data:image/svg+xml,{'x' * 3000}'>", "picture-missing"),
    ("<form action='http://evil.example/'><input name='a'></form>", "forms-dropped"),
    ("<p>The order is &#x202E;desrever here.</p>", "unseen-signs"),
    (PARAGRAPH.replace("quiet", "long"), ""),
)
PAGE_HEAD: tuple[tuple[str, str], ...] = (
    ("<base href='javascript:pwn()//'>", ""),
    ("<meta http-equiv='Refresh' content='0;url=javascript:pwn()'>", "refresh-dropped"),
    ("<style>p { background: url(http://evil.example/a.png) }</style>", "styles-dropped"),
    ("<title>x</title>", ""),
)


def marked_page() -> tuple[bytes, list[Told]]:
    """A page of `PAGE_HEAD` and `PAGE_BODY`, and what is told of each line."""
    head = "\n".join(text for text, _ in PAGE_HEAD)
    body = "\n".join(text for text, _ in PAGE_BODY)
    html = ENTITIES.format("html") + page(f"\n{body}", head=f"\n{head}")[len("<!DOCTYPE html>") :]
    lines = html.split("\n")
    told = [
        (code, lines.index(next(line for line in lines if text in line)) + 1)
        for text, code in (*PAGE_HEAD, *PAGE_BODY)
        if code
    ]
    return html.encode(), [("guessed-facts", None), ("entities-dropped", 1), *told]


# ---------------------------------------------------------------- Word files

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(*words: str) -> bytes:
    """A Word file with paragraphs."""
    return written(*(lambda document, each=each: document.add_paragraph(each) for each in words))


def related(content: bytes, *relations: tuple[str, str, str]) -> bytes:
    """A Word file that refers to what is outside: id, kind and address of each."""
    rels = part_of(content, "word/_rels/document.xml.rels").decode()
    lines = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}" '
        'TargetMode="External"/>'
        for name, kind, target in relations
    )
    rels = rels.replace("</Relationships>", f"{lines}</Relationships>")
    return repacked(content, {"word/_rels/document.xml.rels": rels.encode()})


def marked_word() -> tuple[bytes, list[Told]]:
    """A Word file with links, pictures and templates that lead outside, macros and signs."""
    document = new_document(title="A <b>Word</b> “file” & ]]>", author="Jo Example")
    for words in (
        "It is a quiet hour.",
        "Then <script>pwn()</script> is words.",
        "See \u202ethis.",
    ):
        document.add_paragraph(words)
    from docx.oxml import parse_xml

    for xml in (
        "<w:p {}><w:r><w:t>It goes on </w:t></w:r><w:hyperlink r:id='hop'><w:r><w:t>here</w:t></w:r>"
        "</w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>",
        "<w:p {} xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><w:r><w:drawing>"
        "<a:blip r:link='see'/></w:drawing></w:r></w:p>",
    ):
        document.element.body[-1].addprevious(parse_xml(xml.format(DECLARED)))
    document.add_paragraph("It ends here.")
    content = related(
        saved(document),
        ("hop", "hyperlink", "javascript:pwn()"),
        ("see", "image", "file:///etc/passwd"),
        ("own", "attachedTemplate", "http://evil.example/t.dotm"),
    )
    content = repacked(content, {"word/vbaProject.bin": b"pwn()", "../../evil.txt": b"pwn()"})
    told: list[Told] = [
        ("guessed-facts", None), ("outside-left-out", None), ("macros-left-out", None),
        ("unseen-signs", 5),
        ("link-target", 6), ("picture-missing", 7),
    ]  # fmt: skip
    return content, told


def packed(name: str, size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file one part of which unpacks to `size` spaces."""
    content, file = word("It is so."), io.BytesIO()
    part = part_of(content, name).replace(b"</w:body>", b" " * size + b"</w:body>")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each), method)
    return file.getvalue()


def lying() -> bytes:
    """A Word file whose list of contents says that its text has ten bytes."""
    content = bytearray(word("It is so."))
    at = content.rindex(b"word/document.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def crowded(files: int) -> bytes:
    """A Word file with very many empty files in it, and none that is Word's."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for at in range(files):
            new.writestr(f"{at}", b"")
    return file.getvalue()


def with_part(change: Callable[[bytes], bytes]) -> bytes:
    """A Word file whose text is what `change` makes of it."""
    content, name = word("It is so."), "word/document.xml"
    return repacked(content, {name: change(part_of(content, name))})


# ---------------------------------------------------------------- what cannot be built

WHOLE_WORD = b"<w:document"


def refused() -> tuple[Hostile, ...]:
    """Files of which nothing can be built, each with its one finding."""
    rows: tuple[tuple[str, str | bytes, str, int | None], ...] = (
        ("quotes.md", PLAIN + ">" * 10_000 + " x\n", "nested-too-deep", 8),
        ("lists.md", PLAIN + "- " * 10_000 + "x\n", "nested-too-deep", 8),
        ("brackets.md", PLAIN + "[" * 500_000, "markdown-too-large", 8),
        ("table.md", PLAIN + "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|x\n" * 100_000,
         "markdown-too-large", 8),
        ("long-line.md", PLAIN + "word " * 200_000, "paragraph-too-long", 8),
        ("long-word.txt", PLAIN + "a" * 1_000_000, "paragraph-too-long", 8),
        ("long-code.md", f"{PLAIN}```\n{'a ' * 500_000}\n```\n", "paragraph-too-long", 8),
        ("long-text.md", PLAIN + "It is so.\n\n" * 250_000, "article-unreadable", None),
        ("aliases.md", "---\nx: &a [y, y]\n" + "z: [*a, *a]\n" * 50 + "---\nx\n",
         "front-matter-unreadable", 3),
        ("nested.md", f"---\ntitle: {'[' * 100_000}\n---\nx\n", "front-matter-unreadable", 2),
        ("command.md", PLAIN.replace("Plain", "!!python/object/apply:os.system [id]") + "x\n",
         "front-matter-not-words", 2),
        ("long-title.md", HEAD.format("long " * 1000) + "x\n", "title-too-long", 2),
        ("old-date.md", PLAIN.replace("2026", "1926") + "x\n", "wrong-date", 4),
        ("nul.md", PLAIN + "a\0b\n", "article-unreadable", 8),
        ("letters.txt", PLAIN.encode() + b"\xff\xfe\n", "article-unreadable", 8),
        ("关系.md", PLAIN + "x\n", "file-name", None),
        ("Quiet-Hour.md", PLAIN + "x\n", "two-articles-of-a-name", None),
        ("quiet-hour.txt", PLAIN + "x\n", "two-articles-of-a-name", None),
        ("deep.html", page(PARAGRAPH + "<div>" * 10_000), "nested-too-deep", None),
        ("quoted.html", page(f"{PARAGRAPH}\n" + "<blockquote>" * 60 + "It is so, and long."),
         "nested-too-deep", 6),
        ("listed.html", page(f"{PARAGRAPH}\n" + "<ul><li>It is. " * 60), "nested-too-deep", 6),
        ("marked.html", page("\n<p>" + "x <b>a</b> " * 4000), "paragraph-too-long", 6),
        ("large.html", b" " * 50_000_000, "article-unreadable", None),
        ("bomb.docx", packed("word/document.xml", 100_000_000), "word-too-large", None),
        ("lzma.docx", packed("word/document.xml", 1000, zipfile.ZIP_LZMA), "word-damaged", None),
        ("lying.docx", lying(), "word-damaged", None),
        ("crowded.docx", crowded(20_000), "not-word", None),
        ("entities.docx",
         with_part(lambda xml: xml.replace(WHOLE_WORD, ENTITIES.format("x").encode() + WHOLE_WORD)),
         "word-hostile", None),
        ("type.docx",
         with_part(lambda xml: xml.replace(
             WHOLE_WORD, b"<!DOCTYPE x SYSTEM 'http://evil.example/x.dtd'>" + WHOLE_WORD)),
         "word-hostile", None),
        ("deep-tables.docx",
         with_part(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:tbl>" * 10_000)),
         "nested-too-deep", None),
        ("cut.docx", word("It is so.")[:-100], "word-damaged", None),
    )  # fmt: skip
    return tuple(
        Hostile(name, text.encode() if isinstance(text, str) else text, ((code, line),))
        for name, text, code, line in rows
    )


# ---------------------------------------------------------------- what can

SHELF_WORDS = (
    "Contents", "Cover", "Help", "Notes", "Note 1", "Page 1", "Introduction", "The introduction",
    "Ending", "Get in touch", "Crisis", "Formats", "Blank 1", "Words", "Book title",
)  # fmt: skip
"""Section titles that are the ids of something else, in one edition or another."""


def shelf_article() -> str:
    """An article whose sections are called as templates call their own parts."""
    sections = "".join(f"## {words}\n\nIt is so.\n\n" for words in SHELF_WORDS)
    return f"{HEAD.format('Ids')}It begins.[^1]\n\n{sections}[^1]: So they say.\n"


def plain_words() -> bytes:
    """Plain text with what other formats take for markup."""
    lines = (
        HEAD.format("Words").strip(),
        "It is <script>pwn()</script> and &amp; and javascript:pwn() in words.",
        "WEBVTT NOTE <v Eve> then --> is quiet.",
        "It ends here.",
    )
    return "\n\n".join(lines).encode()


def built() -> tuple[Hostile, ...]:
    """Files that are built without what in them means harm."""
    body, told = marked_lines()
    html, page_told = marked_page()
    document, word_told = marked_word()
    return (
        Hostile("markdown.md", (MARKED + body).encode(), tuple(told), built=True),
        Hostile("page.html", html, tuple(page_told), built=True),
        Hostile("word.docx", document, tuple(word_told), built=True),
        Hostile("words.txt", plain_words(), (), built=True),
        Hostile("ids.md", shelf_article().encode(), (), built=True),
    )


PRACTICE = """\
[practice]
name = "Jo </title><script>pwn()</script> “Example” ]]> & Co"
description = "Counsellor <b>"
website = "https://example.org"
feedback = "javascript:pwn()"

[contact]
invitation = "<img src=x onerror=pwn()> Please visit."
phone = "0300 <script> 123"
email = "jo@example.org\\"onclick=\\"pwn()"
address = "</ul><script>pwn()</script>"

[[credential]]
name = "<i>MBACP</i>"

[[crisis]]
name = "Samaritans <b>"
how = "Call 116 123 <script>pwn()</script>"

[podcast]
sections = true
licence = "<script>pwn()</script>"

[sound]
voice = "tone"
announcement = "Section {number} <b> {title}."
"""
LEXICON = """\
[words]
"Quiet" = "<script>quiet</script>"

[expansions]
"MBACP" = "Member \\"onclick=pwn() <b>"
"""


@dataclass(slots=True)
class Scene:
    """A practice among hostile files, and where nothing may be read or written."""

    folder: Path
    outside: Path
    sources: tuple[Hostile, ...]
    before: dict[str, bytes] = field(default_factory=dict)


def set_up(folder: Path) -> Scene:
    """A practice with one good article, all that is hostile beside it, and a secret outside."""
    outside = folder / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(png(1, 1) + SECRET.encode())
    (outside / "secret.md").write_text(f"{PLAIN}{SECRET}\n", encoding="utf-8")
    practice = write_practice(folder / "practice")
    source = practice / "source"
    (source / "practice.toml").write_text(PRACTICE, encoding="utf-8")
    (practice / "audio").mkdir()
    (practice / "audio" / "lexicon.toml").write_text(LEXICON, encoding="utf-8")
    for name, text in DRAWINGS.items():
        (source / f"{name}.svg").write_text(text, encoding="utf-8")
    (source / "huge.png").write_bytes(png(100_000, 100_000))
    (source / "words.png").write_bytes(wordy_png())
    (source / "elsewhere.png").symlink_to(outside / "secret.png")
    (source / "linked.md").symlink_to(outside / "secret.md")
    linked = Hostile("linked.md", b"", (("article-unreadable", None),))
    sources = (*built(), *refused(), linked)
    for each in sources[:-1]:
        (source / each.name).write_bytes(each.content)
    return Scene(practice, outside, sources, _everything(outside))


def _everything(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def untouched(scene: Scene) -> bool:
    """Whether all is as it was outside the practice, and nothing is new beside it."""
    beside = {each.name for each in scene.folder.parent.iterdir()}
    return beside == {"outside", "practice"} and _everything(scene.outside) == scene.before


def element_names(root: Any) -> set[str]:
    """The names of all elements below `root`, without their namespaces."""
    return {each.tag.rpartition("}")[2] for each in root.iter() if isinstance(each.tag, str)}
