"""What the narration says that the article does not: where one is, and what comes.

Numbers stand in figures; they are said as any others of the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafcast.document.article import Article, Cell, Figure, ListBlock, Table, walk_blocks
from leafcast.locale.language import Language
from leafcast.practice.project import CrisisLine, Practice


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get in touch: as it is said first, and once more.

    `dictated` is a telephone number, said after `again` group by group; else "".
    """

    first: str
    again: str
    dictated: str = ""


@dataclass(frozen=True, slots=True)
class Announcements:
    """What is announced, in one language."""

    language: Language

    def _said(self, message: str, **values: object) -> str:
        return self.language.gettext(message).format(**values)

    def _counted(self, one: str, many: str, count: int) -> str:
        return self.language.ngettext(one, many, count).format(count=count)

    # ------------------------------------------------------------ around the article

    def author(self, name: str) -> str:
        """Who wrote it."""
        return self._said("By {name}.", name=name)

    def again(self, title: str) -> str:
        """What was heard, once more at its end."""
        return self._said("That was: {title}", title=title)

    def summary(self, words: str) -> str:
        """What the article is, in its own few words."""
        return self._said("In short: {summary}", summary=words)

    def help(self) -> str:
        """That what follows is where help is."""
        return self._said("If you need help straight away.")

    # ------------------------------------------------------------ sections

    def introduction(self) -> str:
        """What the words before the first heading are called."""
        return self._said("Introduction")

    def section(self, practice: Practice, title: str, place: tuple[int, int]) -> str:
        """A section's place, such as “Section 3 of 9.”, in the owner's words if she gave some."""
        number, count = place
        told = practice.sound.announcement or self.language.gettext("Section {number} of {count}.")
        return told.format(number=number, count=count, title=title)

    def part(self, outer: str, place: tuple[int, int]) -> str:
        """The place of a section within the section called `outer`."""
        number, count = place
        if count < 2:
            return self._said("Within “{outer}”.", outer=outer)
        return self._said(
            "Within “{outer}”, part {number} of {count}.", outer=outer, number=number, count=count
        )

    def introduction_left_out(self) -> str:
        """That the introduction is not read aloud."""
        return self._said("The introduction is not read aloud; it stands in the printed leaflet.")

    def left_out(self, *, part: bool) -> str:
        """That the words of a section, or of a `part` of one, are not read aloud."""
        if part:
            return self._said("This part is not read aloud; it stands in the printed leaflet.")
        return self._said("This section is not read aloud; it stands in the printed leaflet.")

    def empty(self) -> str:
        """That nothing stands under a heading, so that a listener waits for nothing."""
        return self._said("Nothing stands here yet.")

    def sections_end(self) -> str:
        """That what follows belongs to no section."""
        return self._said("That was the last section.")

    # ------------------------------------------------------------ lists

    def list_begins(self, block: ListBlock, depth: int) -> str:
        """How many points come; "" where a single one says so itself.

        It ends with a colon: so the voice holds its tone, and “four” is not heard as “full”.
        """
        count = len(block.entries)
        first, last = block.start, block.start + count - 1
        if block.ordered and first != 1 and not depth:
            if count == 1:
                return self._said("The list goes on with point {first}.", first=first)
            if count == 2:
                return self._said(
                    "The list goes on with points {first} and {last}.", first=first, last=last
                )
            return self._said(
                "The list goes on with points {first} to {last}.", first=first, last=last
            )
        if depth:
            return self._counted(
                "Within this, {count} point.", "Within this, {count} points.", count
            )
        if count < 2:
            return ""
        if block.ordered:
            return self._counted(
                "There is {count} point, in order:", "There are {count} points, in order:", count
            )
        return self._counted("There is {count} point:", "There are {count} points:", count)

    def point(self, number: int) -> str:
        """That a point of a list with long points begins."""
        return self._said("Point {number}.", number=number)

    def list_goes_on(self, block: ListBlock, number: int, depth: int) -> str:
        """Where one is, after a list within a point has ended; a numbered list says the number."""
        count = len(block.entries)
        if block.ordered and depth:
            return self._said("Back in the list before.")
        if block.ordered:
            return self._said("Back in the main list.")
        if depth:
            return self._said(
                "Back in the list before, point {number} of {count}.", number=number, count=count
            )
        return self._said(
            "Back in the main list, point {number} of {count}.", number=number, count=count
        )

    def point_goes_on(self, block: ListBlock, number: int) -> str:
        """That what follows a list within a point belongs to that point."""
        told = block.start + number - 1 if block.ordered else number
        return self._said("Back in point {number}.", number=told)

    def list_ends(self) -> str:
        """That what follows is no point."""
        return self._said("End of the list.")

    def typed(self) -> str:
        """That what follows is to be typed as it stands."""
        return self._said("As it is typed:")

    # ------------------------------------------------------------ quotations

    def quotation(self, *, inner: bool) -> tuple[str, str]:
        """What stands before and after a quotation; `inner` is one within another."""
        if inner:
            return self._said("Within it, another quotation."), self._said(
                "End of the inner quotation."
            )
        return self._said("A quotation."), self._said("End of the quotation.")

    # ------------------------------------------------------------ tables and pictures

    def table_begins(self, table: Table) -> str:
        """How large a table is."""
        columns = self._counted("{count} column", "{count} columns", len(table.head))
        rows = self._counted("{count} row", "{count} rows", len(table.body))
        told = self._said("A table of {columns} and {rows}.", columns=columns, rows=rows)
        headed = self._said("Each row begins with its header.") if table.names_rows else ""
        return f"{told} {headed}".strip()

    def columns(self) -> str:
        """That the names of the columns come."""
        return self._said("The columns are:")

    def row(self, number: int) -> str:
        """That a row of a table begins."""
        return self._said("Row {number}.", number=number)

    def cell_begins(self, names: Iterable[Cell], cell: Cell) -> str:
        """The names of a cell's columns; of a row's header that no column names, what it is."""
        told = ", ".join(name.text for name in names if name.text)
        if not told and cell.header == "row":
            told = self._said("Row header")
        return f"{told}:" if told else ""

    def cell_empty(self) -> str:
        """That a cell has no words."""
        return self._said("left empty.")

    def table_ends(self) -> str:
        """That what follows is no row."""
        return self._said("End of the table.")

    def picture(self, figure: Figure) -> str:
        """What a picture shows."""
        return self._said("A picture: {words}.", words=figure.alt.strip().rstrip("."))

    def caption(self) -> str:
        """That what follows stands under a picture."""
        return self._said("Its caption:")

    # ------------------------------------------------------------ notes and the closing

    def note_begins(self) -> str:
        """That a note comes where it is called."""
        return self._said("A note:")

    def note(self, number: int) -> str:
        """Which note comes."""
        return self._said("Note {number}.", number=number)

    def note_ends(self) -> str:
        """That what follows is the article's text again."""
        return self._said("End of the note.")

    def notes_begin(self, count: int) -> str:
        """That the footnotes come now."""
        return self._counted("The article has a note.", "The article has {count} notes.", count)

    def notes_end(self) -> str:
        """That what follows is no note."""
        return self._said("End of the notes.")

    def notes_left_out(self, count: int) -> str:
        """That footnotes are in the leaflet alone."""
        return self._counted(
            "The article has a note, which stands in the printed leaflet.",
            "The article has {count} notes, which stand in the printed leaflet.",
            count,
        )

    def note_home(self, heading: str) -> str:
        """Where a note belongs."""
        if heading:
            return self._said("It belongs to “{heading}”.", heading=heading)
        return self._said("It belongs to the introduction.")

    def ways(self, practice: Practice) -> Iterator[Way]:
        """Each way to get in touch that the practice has; the first says whom one reaches."""
        name, contact, website = practice.name, practice.contact, practice.short_website
        phone, email = contact.phone, contact.email
        if website:
            yield Way(
                self._said("You can reach {name} at {address}.", name=name, address=website),
                self._said("Once more, that is {address}.", address=website),
            )
        if phone:
            yield Way(
                self._said("Or call {phone}.", phone=phone)
                if website
                else self._said("You can call {name} on {phone}.", name=name, phone=phone),
                self._said("The number once more, slowly:"),
                phone,
            )
        if email:
            yield Way(
                self._said("Or write to {email}.", email=email)
                if website or phone
                else self._said("You can write to {name} at {email}.", name=name, email=email),
                self._said("The e-mail address once more: {email}.", email=email),
            )
        if contact.address:
            yield Way(
                self._said("The address is {address}.", address=contact.address),
                self._said("The address once more: {address}.", address=contact.address),
            )

    def dates(self, article: Article) -> str:
        """When it was published, and when it is read again."""
        return self._said(
            "This was published on {published}, and will be reviewed by {review}.",
            published=self.language.in_words(article.published),
            review=self.language.in_words(article.review),
        )


def has_long_points(block: ListBlock) -> bool:
    """Whether a point of a list has more than its words and a list within, so that a listener
    cannot hear where the next begins.
    """
    return any(
        not isinstance(part, ListBlock) for entry in block.entries for part in entry.blocks[1:]
    )


def has_inner_list(block: ListBlock) -> bool:
    """Whether a list has another inside."""
    return any(
        isinstance(inner, ListBlock)
        for entry in block.entries
        for inner in walk_blocks(entry.blocks)
    )


def ended(words: str) -> str:
    """Words with a stop at their end."""
    return words if words.endswith((".", "!", "?", "…", ":")) else f"{words}."


def crisis(line: CrisisLine) -> str:
    """One crisis line in full."""
    return f"{line.name}. {line.how}."
