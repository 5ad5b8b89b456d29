"""An article as a Typst document, plainly set in the house font, for the table of makers."""

from __future__ import annotations

import json

from leafcast.document.article import (
    Article,
    Block,
    Cell,
    Code,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Strong,
    Table,
    Text,
)

HEAD = """\
#set document(title: {title}, author: {author})
#set page(paper: "a4", margin: (x: 28mm, y: 24mm), numbering: "1")
#set text(font: {font}, size: 12pt, lang: {lang}, region: {region})
#set par(leading: 0.75em, spacing: 1.2em)
#set figure(numbering: none)
#show link: underline
#heading(level: 1, text({title}))
#text({subtitle})

#text({author})
"""


def typst_source(article: Article, font: str) -> str:
    """The whole article in Typst's markup. Pictures are looked up beside the file."""
    language, _, region = article.language.partition("-")
    notes = {note.id: note.blocks for note in article.notes}
    values = {
        "title": article.title, "author": article.author, "subtitle": article.subtitle,
        "font": font, "lang": language, "region": region or "GB",
    }  # fmt: skip
    writer = _Writer(notes)
    parts = [HEAD.format(**{key: quoted(value) for key, value in values.items()})]
    parts += [writer.block(each) for each in article.introduction]
    parts += [writer.section(each) for each in article.sections]
    parts += [writer.block(article.byline)] if article.byline else []
    parts += [writer.block(each) for each in article.call_to_action]
    return "\n\n".join(parts) + "\n"


def quoted(words: str) -> str:
    """Words as a string of Typst's, which no letter in them can end."""
    return json.dumps(words, ensure_ascii=False)


class _Writer:
    """Writes blocks; it knows the notes, which Typst wants where they are called."""

    def __init__(self, notes: dict[str, tuple[Block, ...]]) -> None:
        self.notes = notes

    def section(self, of: Section) -> str:
        heading = f"#heading(level: {of.heading.level}, [{self.sentences(of.heading.sentences)}])"
        blocks = [self.block(each) for each in of.blocks]
        return "\n\n".join([heading, *blocks, *(self.section(each) for each in of.sections)])

    def block(self, of: Block) -> str:
        match of:
            case Paragraph(sentences=sentences):
                return self.sentences(sentences)
            case ListBlock(entries=entries, ordered=ordered, start=start):
                inside = ", ".join(f"[{self.blocks(entry.blocks)}]" for entry in entries)
                return f"#enum(start: {start}, {inside})" if ordered else f"#list({inside})"
            case Quote(blocks=blocks):
                return f"#quote(block: true)[{self.blocks(blocks)}]"
            case Table(head=head, rows=rows):
                cells = ", ".join(self.cell(cell) for row in rows for cell in row)
                heads = ", ".join(self.cell(cell) for cell in head)
                return f"#table(columns: {len(head)}, table.header({heads}), {cells})"
            case Figure(path=path, alt=alt, caption=caption):
                image = f"image({quoted(path)}, alt: {quoted(alt)})"
                return f"#figure({image}, caption: [{self.sentences(caption)}])"

    def blocks(self, all_of: tuple[Block, ...]) -> str:
        return "\n\n".join(self.block(each) for each in all_of)

    def cell(self, of: Cell) -> str:
        return f"[{self.sentences(of.sentences)}]"

    def sentences(self, all_of: tuple[Sentence, ...]) -> str:
        return " ".join(self.inlines(each.content) for each in all_of)

    def inlines(self, content: tuple[Inline, ...]) -> str:
        return "".join(self.inline(each) for each in content)

    def inline(self, of: Inline) -> str:
        match of:
            case Text(words):
                return f"#{quoted(words)};"
            case Code(words):
                return f"#raw({quoted(words)});"
            case LineBreak():
                return "#linebreak();"
            case NoteMark(note_id=note_id):
                return f"#footnote[{self.blocks(self.notes[note_id])}];"
            case Strong(content):
                return f"#strong[{self.inlines(content)}];"
            case Emphasis(content):
                return f"#emph[{self.inlines(content)}];"
            case Foreign(content, lang):
                return f"#text(lang: {quoted(lang[:2])})[{self.inlines(content)}];"
            case Link(content, target):
                return f"#link({quoted(target)})[{self.inlines(content)}];"
