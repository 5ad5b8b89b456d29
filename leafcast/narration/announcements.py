"""What the narration says that the article does not: where one is, and what comes.

Numbers stand in figures; they are said by spoken.py like any others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafcast.document.article import Article, Cell, Figure, ListBlock, Table, walk_blocks
from leafcast.locale.days import in_words
from leafcast.practice.project import CrisisLine, Practice


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


# ---------------------------------------------------------------- sections


def section(practice: Practice, title: str, place: tuple[int, int]) -> str:
    """The owner's words for a section's place, such as “Section 3 of 9.”"""
    number, count = place
    return practice.sound.announcement.format(number=number, count=count, title=title)


def part(outer: str, place: tuple[int, int]) -> str:
    """The place of a section within the section called `outer`."""
    number, count = place
    return f"Within “{outer}”{f', part {number} of {count}' if count > 1 else ''}."


def left_out(what: str) -> str:
    """That the words of a section, a part of one or the introduction are not read aloud."""
    return f"{what} is not read aloud; it stands in the printed leaflet."


def empty() -> str:
    """That nothing stands under a heading, so that a listener waits for nothing."""
    return "Nothing stands here yet."


def sections_end() -> str:
    """That what follows belongs to no section."""
    return "That was the last section."


# ---------------------------------------------------------------- lists


def list_begins(block: ListBlock, depth: int) -> str:
    """How many points come; "" where a single one says so itself.

    It ends with a colon: so the voice holds its tone, and “four” is not heard as “full”.
    """
    count = len(block.entries)
    if block.ordered and block.start != 1 and not depth:
        last = block.start + count - 1
        between = "and" if count == 2 else "to"
        points = f"points {block.start} {between} {last}" if count > 1 else f"point {last}"
        return f"The list goes on with {points}."
    if depth:
        return f"Within this, {counted(count, 'point', 'points')}."
    if count < 2:
        return ""
    return f"There are {count} points{', in order' if block.ordered else ''}:"


def list_goes_on(block: ListBlock, number: int, depth: int) -> str:
    """Where one is, after a list within a point has ended; a numbered list says the number."""
    where = "list before" if depth else "main list"
    if block.ordered:
        return f"Back in the {where}."
    return f"Back in the {where}, point {number} of {len(block.entries)}."


def point_goes_on(block: ListBlock, number: int) -> str:
    """That what follows a list within a point belongs to that point."""
    return f"Back in point {block.start + number - 1 if block.ordered else number}."


def has_long_points(block: ListBlock) -> bool:
    """Whether a point of a list has more than its words and a list within, so that a listener
    cannot hear where the next begins.
    """
    return any(
        not isinstance(part, ListBlock) for entry in block.entries for part in entry.blocks[1:]
    )


def typed() -> str:
    """That what follows is to be typed as it stands."""
    return "As it is typed:"


def has_inner_list(block: ListBlock) -> bool:
    """Whether a list has another inside."""
    return any(
        isinstance(inner, ListBlock)
        for entry in block.entries
        for inner in walk_blocks(entry.blocks)
    )


# ---------------------------------------------------------------- quotations


def quotation(*, inner: bool) -> tuple[str, str]:
    """What stands before and after a quotation; `inner` is one within another."""
    if inner:
        return "Within it, another quotation.", "End of the inner quotation."
    return "A quotation.", "End of the quotation."


# ---------------------------------------------------------------- tables and pictures


def table_begins(table: Table) -> str:
    """How large a table is."""
    columns = counted(len(table.head), "column", "columns")
    rows = counted(len(table.body), "row", "rows")
    headed = " Each row begins with its header." if table.names_rows else ""
    return f"A table of {columns} and {rows}.{headed}"


def cell_begins(names: Iterable[Cell], cell: Cell) -> str:
    """The names of a cell's columns; of a row's header that no column names, what it is."""
    told = ", ".join(name.text for name in names if name.text)
    if not told and cell.header == "row":
        told = "Row header"
    return f"{told}:" if told else ""


def ended(words: str) -> str:
    """Words with a stop at their end."""
    return words if words.endswith((".", "!", "?", "…", ":")) else f"{words}."


def picture(figure: Figure) -> str:
    """What a picture shows."""
    return f"A picture: {figure.alt.strip().rstrip('.')}."


def caption() -> str:
    """That what follows stands under a picture."""
    return "Its caption:"


# ---------------------------------------------------------------- notes and the closing


def notes_begin(count: int) -> str:
    """That the footnotes come now."""
    return "The article has a note." if count == 1 else f"The article has {count} notes."


def notes_end() -> str:
    """That what follows is no note."""
    return "End of the notes."


def notes_left_out(count: int) -> str:
    """That footnotes are in the leaflet alone."""
    if count == 1:
        return "The article has a note, which stands in the printed leaflet."
    return f"The article has {count} notes, which stand in the printed leaflet."


def note_home(heading: str) -> str:
    """Where a note belongs."""
    return f"It belongs to “{heading}”." if heading else "It belongs to the introduction."


def website(practice: Practice) -> str:
    """The web address as a person would type it."""
    return practice.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get in touch: as it is said first, and once more.

    `dictated` is a telephone number, said after `again` group by group; else "".
    """

    first: str
    again: str
    dictated: str = ""


def ways(practice: Practice) -> Iterator[Way]:
    """Each way to get in touch that the practice has."""
    contact, address = practice.contact, website(practice)
    yield Way(f"You can reach {practice.name} at {address}.", f"Once more, that is {address}.")
    if contact.phone:
        yield Way(f"Or call {contact.phone}.", "The number once more, slowly:", contact.phone)
    if contact.email:
        again = f"The e-mail address once more: {contact.email}."
        yield Way(f"Or write to {contact.email}.", again)
    if contact.address:
        again = f"The address once more: {contact.address}."
        yield Way(f"The address is {contact.address}.", again)


def crisis(line: CrisisLine) -> str:
    """One crisis line in full."""
    return f"{line.name}. {line.how}."


def dates(article: Article) -> str:
    """When it was published, and when it is read again."""
    published, review = in_words(article.published), in_words(article.review)
    return f"This was published on {published}, and will be reviewed by {review}."
