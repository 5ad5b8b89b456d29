"""One accent makes a palette that can be read, and drawings that stand well on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leafcast.design.colours import contrast, in_grey
from leafcast.design.motifs import HEIGHT_MM, MOTIFS, WIDTH_MM, motif_of, motif_svg, nearest_motif
from leafcast.design.oklch import oklch, rgb
from leafcast.design.palette import AGREEING, on_panel, palette_of
from leafcast.design.shapes import Shape
from leafcast.document.errors import SettingsError
from leafcast.practice.project import LOOKS, Look, read_practice
from leafcast.practice.settings import SettingsFile, read_settings
from leafcast.print.themes import THEMES

ACCENTS = (
    "#FFFFE0", "#FFFF00", "#F7C6D9", "#D9A21B", "#FFD400", "#FFFFFF", "#00FFFF", "#7FB5B0",
    "#C0C0C0", "#FF7F50", "#767676", "#B02A1E", "#2E7D32", "#0000FF", "#1F5A5E", "#7A1F4B",
    "#4B0082", "#3B2F2F", "#101820", "#000000",
    "#F5F5DC", "#98FF98", "#FF00FF", "#00FF7F", "#E0B0FF", "#FF4500", "#87CEEB", "#808000",
    "#5C4033", "#002147",
)  # fmt: skip
"""Thirty, from pale yellow to black, and colours that a screen alone can show."""

# ---------------------------------------------------------------- palette


def faint(look: Look) -> list[object]:
    return [
        pair for pair in palette_of(look).pairs if contrast(pair.colour, pair.ground) < pair.least
    ]


@pytest.mark.parametrize("accent", [*ACCENTS, *AGREEING])
def test_whatever_the_accent_all_can_be_read_and_seen(accent: str) -> None:
    for second, paper in itertools.product(("", "#FFD400", "#123456"), ("#FBF7F0", "#FFFFFF")):
        assert faint(Look(accent=accent, second=second, paper=paper)) == []


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_no_two_colours_make_a_palette_that_cannot_be_read(accent: int, second: int) -> None:
    assert faint(Look(accent=f"#{accent:06X}", second=f"#{second:06X}")) == []


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_of_a_leaflet_can_be_read(theme: str, accent: str) -> None:
    for pair in THEMES[theme](Look(accent=accent)).pairs:
        assert contrast(pair.colour, pair.ground) >= pair.least, pair


IN_GREY = {"title": 3.0, "tint_1": 2.8, "tint_2": 2.8, "second_light": 2.8, "light": 2.8}
"""What holds at the least where a printer has no colours: a title is large, a drawing no words."""


@given(st.integers(0, 0xFFFFFF))
@example(0x00B200)
@example(0xFC014B)
@example(0x00CB00)
@example(0x95B200)
@example(0xFFCCE6)
def test_in_grey_all_can_be_read_as_well(accent: int) -> None:
    look = Look(accent=f"#{accent:06X}")
    pairs = [pair for theme in THEMES.values() for pair in theme(look).pairs]
    for pair in (*pairs, *palette_of(look).pairs):
        least = IN_GREY.get(pair.role, 5.0)
        assert contrast(in_grey(pair.colour), in_grey(pair.ground)) >= least, pair


@pytest.mark.parametrize("accent", ACCENTS)
def test_a_drawing_on_the_panel_is_seen_as_well(accent: str) -> None:
    dark = on_panel(palette_of(Look(accent=accent)))
    for role in ("paper", "tint_1", "tint_2", "second_light", "light"):
        assert contrast(getattr(dark, role), dark.ground) >= 3, role


@pytest.mark.parametrize(
    ("accent", "made"),
    [
        ("#1F5C5E", {"text": "#1F5C5E", "title_field": "#1F5C5E", "second_text": "#7B3C17"}),
        ("#7A1F4B", {"text": "#7A1F4B", "tint_1": "#C67C99", "tint_2": "#DDA9BC"}),
        ("#7A1F4B", {"second_light": "#A1CAA8", "second_text": "#2C5C38", "panel": "#ECDDDC"}),
        ("#F7C6D9", {"text": "#794059", "title_field": "#F7C6D9", "tint_2": "#F7C6D9"}),
        ("#D9A21B", {"title_field": "#D9A21B", "second_text": "#235575"}),
    ],
)
def test_the_palette_is_the_one_that_was_chosen_by_eye(accent: str, made: dict[str, str]) -> None:
    palette = palette_of(Look(accent=accent))
    assert {role: getattr(palette, role) for role in made} == made


def test_a_darkened_accent_keeps_its_hue() -> None:
    for accent in ("#D9A21B", "#F7C6D9", "#7FB5B0"):
        made = oklch(palette_of(Look(accent=accent)).text)
        assert abs(made.hue - oklch(accent).hue) < 4


def test_black_and_white_stay_without_a_hue() -> None:
    for accent in ("#000000", "#FFFFFF", "#808080"):
        assert oklch(palette_of(Look(accent=accent)).text).chroma < 0.02


@given(st.integers(0, 0xFFFFFF))
def test_oklch_there_and_back(colour: int) -> None:
    written = f"#{colour:06X}"
    back = rgb(oklch(written))
    for one, other in zip(bytes.fromhex(written[1:]), bytes.fromhex(back[1:]), strict=True):
        assert abs(one - other) <= 1


# ---------------------------------------------------------------- motifs

GROUPED = {"woven", "ripples"}
"""What runs on in many pieces is one figure, and cut as one."""


def figures(name: str) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each figure that is drawn."""
    boxes = [shape.box for shape in MOTIFS[name].shapes if shape.role != "ground"]
    if name in GROUPED:
        sides = list(zip(*boxes, strict=True))
        boxes = [(min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))]
    yield from boxes


def test_there_are_ten_motifs_at_the_least() -> None:
    assert len(MOTIFS) >= 10
    assert len({each.meaning for each in MOTIFS.values()}) == len(MOTIFS)


@pytest.mark.parametrize("width", [WIDTH_MM, 100.0])
@pytest.mark.parametrize("name", MOTIFS)
def test_nothing_drawn_only_touches_an_edge(name: str, width: float) -> None:
    """6 mm clear of it, or cut by 12; the foot is ground, and stood on."""
    left, _, shown, _ = MOTIFS[name].box(width)
    for box in figures(name):
        for inside in (box[0] - left, left + shown - box[2], box[1]):
            beyond = inside >= 6 or inside <= -12 or box[0] > left + shown or box[2] < left
            assert beyond, (name, box, inside)
        assert box[3] >= HEIGHT_MM or HEIGHT_MM - box[3] >= 5, (name, box)


@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_stands_on_the_ground_and_has_one_warm_colour(name: str) -> None:
    shapes = MOTIFS[name].shapes
    assert max(shape.box[3] for shape in shapes) >= HEIGHT_MM - 20
    assert len({shape.role for shape in shapes} & {"second_light", "light"}) == 1
    roles = {"tint_1", "tint_2", "paper", "second_light", "light", "ground"}
    assert {shape.role for shape in shapes} <= roles


@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_is_a_small_drawing_of_the_palettes_colours(name: str) -> None:
    palette = palette_of(Look())
    svg = ElementTree.fromstring(motif_svg(palette, name))
    assert svg.get("viewBox") == "0 0 148 94"
    known = {getattr(palette, shape.role) for shape in MOTIFS[name].shapes}
    used = {each.get("stroke") or each.get("fill") for each in svg}
    assert used == known
    assert len(motif_svg(palette, name)) < 9000


def test_a_shapes_box_holds_its_curves_and_its_line() -> None:
    assert Shape("paper", "M0 0C0 10 10 10 10 0", 2).box == pytest.approx(
        (-1, -1, 11, 8.5), abs=0.1
    )


def test_a_slug_always_has_the_same_motif_and_the_owner_may_choose() -> None:
    assert motif_of("grief") == motif_of("grief")
    assert motif_of("grief", "lamp") == "lamp"
    assert len({motif_of(f"article-{number}") for number in range(60)}) >= 10


@pytest.mark.parametrize(
    ("written", "meant"),
    [("two chairs", "chairs"), ("Horizon", "horizon"), ("door way", "doorway"), ("xyzzy", "")],
)
def test_the_motif_that_is_meant_is_found(written: str, meant: str) -> None:
    assert nearest_motif(written) == meant


# ---------------------------------------------------------------- [look]

PRACTICE = '[practice]\nname = "A"\nwebsite = "https://a.example"\n[look]\n'


def look_from(folder: Path, written: str) -> Look:
    (folder / "practice.toml").write_text(PRACTICE + written, encoding="utf-8")
    file: SettingsFile = read_settings(folder / "practice.toml", "practice.toml")
    return read_practice(file).look


@pytest.mark.parametrize("name", LOOKS)
def test_a_ready_look_can_be_read_and_gives_way_to_what_is_given(name: str, tmp_path: Path) -> None:
    look = look_from(tmp_path, f'look = "{name}"\n')
    assert look == replace(Look(look=name), **LOOKS[name])
    assert faint(look) == []
    assert look_from(tmp_path, f'look = "{name}"\naccent = "#123456"\n').accent == "#123456"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('look = "warn"', "warm"),
        ('logo = "logo.svg"', "logo_alt"),
        ('portrait = "me.jpg"', "portrait_alt"),
        ('second = "green"', "second"),
        ('headline = "<b>"', "headline"),
    ],
)
def test_a_slip_in_the_look_is_named_with_its_cure(written: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        look_from(tmp_path, written)
    assert said in caught.value.message + caught.value.hint
    assert caught.value.line == 5
