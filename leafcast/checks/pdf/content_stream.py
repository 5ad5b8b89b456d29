"""A page's content, followed instruction by instruction (ISO 32000-1, annex A)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import hypot
from typing import Any, Final

import pikepdf

from leafcast.checks.pdf.drawing import (
    ARTIFACT,
    IDENTITY,
    Colour,
    Drawing,
    FontCache,
    Inks,
    Mark,
    Run,
    State,
    multiply,
    place,
)
from leafcast.checks.pdf.fonts import UNKNOWN
from leafcast.checks.pdf.tokens import read_instructions, text_of

X_HEIGHT_EM: Final = 0.48
"""The band of a line, above the baseline, that is sure to be letters."""
DEEPEST: Final = 12
"""Forms inside forms are followed so far; deeper, a file is made to do harm."""
SPACE: Final = 32
"""The code that word spacing widens, in fonts of one byte a code (ISO 32000-1, 9.3.3)."""
UNSEEN_MODES: Final = (3, 7)
PAINTS: Final = ("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh")


def device_colour(inks: Inks) -> Colour:
    """The colour of inks in a file that does not say on which paper (ISO 32000-1, 10.3.5)."""
    *colours, black = inks
    red, green, blue = (1 - min(1.0, ink + black) for ink in colours)
    return red, green, blue


def draw_page(
    page: Any, number: int, fonts: FontCache, colour_of: Callable[[Inks], Colour] = device_colour
) -> Drawing:
    """What the page draws; `number` counts pages from 0, `colour_of` is how its inks look."""
    drawing = Drawing()
    contents = page.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else [contents] if contents else []
    content = b"\n".join(part.read_bytes() for part in parts)
    pen = Pen(drawing, number, fonts, page.get("/Resources", pikepdf.Dictionary()))
    pen.colour_of = colour_of
    pen.follow(content, page)
    return drawing


class Pen:
    """Follows content and keeps its state."""

    def __init__(self, drawing: Drawing, page: int, fonts: FontCache, resources: Any) -> None:
        self.drawing, self.page = drawing, page
        self.fonts, self.resources = fonts, resources
        self.state = State()
        self.kept: list[State] = []
        self.marks = [Mark()]
        self.text_matrix = self.line_matrix = IDENTITY
        self.depth = 0
        self.colour_of: Callable[[Inks], Colour] = device_colour
        self._operators = self._table()

    def follow(self, content: bytes, stream: Any) -> None:
        """Do what the instructions of `content` say."""
        operators = self._operators
        for operator, operands in read_instructions(content, stream):
            operate = operators.get(operator)
            if operate is not None:
                operate(*operands)

    def _table(self) -> dict[str, Callable[..., None]]:
        table: dict[str, Callable[..., None]] = {
            "q": lambda: self.kept.append(replace(self.state)),
            "Q": self._restore,
            "cm": self._transform,
            "gs": self._set_graphics,
            "BT": lambda: self._set_line(*IDENTITY),
            "Tm": self._set_line,
            "Td": self._move,
            "TD": self._move_and_lead,
            "T*": self._next_line,
            "Tf": self._set_font,
            "TJ": self._show_parts,
            "Tj": lambda string: self._show_parts([string]),
            "'": self._show_on_next_line,
            '"': self._show_spaced,
            "BMC": lambda tag: self._begin(tag, {}),
            "BDC": self._begin,
            "EMC": self._end,
            "Do": self._draw_object,
            "Tz": lambda percent: setattr(self.state, "stretch", percent / 100),
        }
        for operator, name in (
            ("Tc", "letter_space"), ("Tw", "word_space"), ("TL", "leading"), ("Ts", "rise"),
            ("Tr", "mode"),
        ):  # fmt: skip
            table[operator] = partial(self._set, name)
        for operator in ("rg", "g", "k", "sc", "scn"):
            table[operator] = self._set_colour
        for operator in PAINTS:
            table[operator] = self._paint
        return table

    # ------------------------------------------------------------ the state

    def _set(self, name: str, value: Any) -> None:
        setattr(self.state, name, value)

    def _restore(self) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def _transform(self, *matrix: float) -> None:
        self.state.matrix = multiply(matrix, self.state.matrix)  # type: ignore[arg-type]

    def _set_graphics(self, name: str) -> None:
        settings = self.resources.get("/ExtGState", {}).get(name, {})
        if "/ca" in settings:
            self.state.opacity = float(settings["/ca"])

    def _set_colour(self, *parts: Any) -> None:
        """A fill colour by how many parts it has; a pattern stays what was before."""
        match parts:
            case (float(grey),):
                self.state.colour = (grey, grey, grey)
            case (float(red), float(green), float(blue)):
                self.state.colour = (red, green, blue)
            case (float(cyan), float(magenta), float(yellow), float(black)):
                self.state.colour = self.colour_of((cyan, magenta, yellow, black))

    # ------------------------------------------------------------ marks

    def _begin(self, tag: str, properties: Any) -> None:
        if isinstance(properties, str):
            named = self.resources.get("/Properties", {}).get(properties, {})
            properties = {key: named[key] for key in named}
        outer = self.marks[-1]
        number, artifact = properties.get("/MCID"), outer.artifact
        if tag == "/Artifact":
            artifact = str(properties.get("/Type", "")).lstrip("/") or ARTIFACT
        if number is not None:
            self.drawing.marks.append(int(number))
        actual = properties.get("/ActualText")
        self.marks.append(
            Mark(
                outer.number if number is None else int(number),
                artifact,
                text_of(properties.get("/Lang")) or outer.language,
                outer.actual_text if actual is None else text_of(actual),
                text_of(properties.get("/E")) or outer.expansion,
            )
        )

    def _end(self) -> None:
        if len(self.marks) > 1:
            self.marks.pop()

    def _paint(self, *_: Any) -> None:
        self.drawing.loose_paint += self.marks[-1].loose

    def _draw_object(self, name: str) -> None:
        drawn = self.resources.get("/XObject", {}).get(name)
        if drawn is None:
            return
        if str(drawn.get("/Subtype", "")) != "/Form":
            self._paint()
        elif self.depth < DEEPEST:
            self._draw_form(drawn)

    def _draw_form(self, form: Any) -> None:
        outside = self.resources, self.state, self.kept
        self.state, self.kept = replace(self.state), []
        self.resources = form.get("/Resources", self.resources)
        self._transform(*(float(each) for each in form.get("/Matrix", IDENTITY)))
        self.depth += 1
        self.follow(form.read_bytes(), form)
        self.depth -= 1
        self.resources, self.state, self.kept = outside

    # ------------------------------------------------------------ text

    def _set_line(self, *matrix: float) -> None:
        self.text_matrix = self.line_matrix = matrix  # type: ignore[assignment]

    def _move(self, right: float, up: float) -> None:
        self._set_line(*multiply((1.0, 0.0, 0.0, 1.0, right, up), self.line_matrix))

    def _move_and_lead(self, right: float, up: float) -> None:
        self.state.leading = -up
        self._move(right, up)

    def _next_line(self) -> None:
        self._move(0.0, -self.state.leading)

    def _set_font(self, name: str, size: float) -> None:
        self.state.font, self.state.size = self.fonts.find(self.resources, name), size

    def _show_on_next_line(self, string: bytes) -> None:
        self._next_line()
        self._show_parts([string])

    def _show_spaced(self, word_space: float, letter_space: float, string: bytes) -> None:
        self.state.word_space, self.state.letter_space = word_space, letter_space
        self._show_on_next_line(string)

    def _show_parts(self, parts: list[Any]) -> None:
        """Strings, and the steps back between them in thousandths of an em, become one run."""
        state, font = self.state, self.state.font
        if font is None:
            self._add_run(UNKNOWN, (0.0, 0.0))
            return
        used = self.drawing.codes.setdefault(font, set())
        scale = state.size / 1000 * state.stretch
        extra = state.letter_space * state.stretch
        words, at, first, last = [], 0.0, None, 0.0
        for part in parts:
            if not isinstance(part, bytes):
                at -= part * scale
                continue
            codes = font.codes(part)
            used.update(codes)
            for code in codes:
                text = font.unicode.get(code, UNKNOWN)
                start = at
                at += font.widths.get(code, font.default_width) * scale + extra
                words.append(text)
                if code == SPACE and font.code_bytes == 1:
                    at += state.word_space * state.stretch
                if not text.isspace():
                    first, last = (start if first is None else first), at
        self._add_run("".join(words), (first or 0.0, last))
        self.text_matrix = multiply((1.0, 0.0, 0.0, 1.0, at, 0.0), self.text_matrix)

    def _add_run(self, text: str, span: tuple[float, float]) -> None:
        state = self.state
        matrix = multiply(self.text_matrix, state.matrix)
        letters = (span[0], state.rise, span[1], state.rise + X_HEIGHT_EM * state.size)
        self.drawing.runs.append(
            Run(
                page=self.page,
                text=text,
                mark=self.marks[-1],
                size_pt=abs(state.size) * hypot(matrix[2], matrix[3]),
                colour=state.colour,
                opacity=state.opacity,
                bold=bool(state.font and state.font.bold),
                box=place(matrix, letters),
                unseen=int(state.mode) in UNSEEN_MODES,
            )
        )
