"""The folded leaflets: what stands in them, where panels end, and how spare room is spread."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leafcast.checks.fit import check_fit
from leafcast.checks.tables import check_tables
from leafcast.document.article import (
    Article,
    Block,
    ListBlock,
    Section,
    article_sentences,
    walk_blocks,
)
from leafcast.document.errors import DoesNotFit
from leafcast.document.origin import Origin
from leafcast.document.publication import Publication
from leafcast.document.report import Severity
from leafcast.practice.project import Contact, CrisisLine, Leaflet, load_project
from leafcast.print.folding import large_print as large_print_folding
from leafcast.print.folding.booklet import booklet_setting
from leafcast.print.folding.folded import decide, fitted
from leafcast.print.folding.large_print import large_print_setting
from leafcast.print.folding.pack import (
    SECTION_BREAK,
    Panel,
    Piece,
    Room,
    Spread,
    balance,
    fill,
    fits,
    spread,
    spread_alike,
)
from leafcast.print.folding.pages import Pages, page_rules
from leafcast.print.folding.panels import FOUR_PAGE, TRIFOLD, Z_FOLD, Folded
from leafcast.print.folding.questions import ended_alike
from leafcast.print.folding.select import (
    article_words,
    as_marked,
    how_far_over,
    pieces_of,
    propose,
    section_words,
    with_sections,
    within_reach,
)
from leafcast.print.html import write_html
from leafcast.print.layout import lay_out, render
from leafcast.print.scale import PANEL, PT_MM
from leafcast.print.tables import wide_tables
from leafcast.print.typesetting import LARGE_PRINT, Setting, large_print
from leafcast.readers import READERS, read_article
from tests.conftest import ARTICLE, CASES, ROOT, write_practice
from tests.test_leaflet import TORTURE, letters, publication_of
from tests.test_pipeline import edit, run

FRONT = '---\ntitle: "{}"\nauthor: Jo\npublished: 2026-03-01\nreview: 2028-03-01\n---\n\n'
LINE = 5.0


def lay_out_folded(publication: Publication, folded: Folded) -> bytes:
    """The folded leaflet, a page a panel in reading order."""
    return lay_out(*fitted(publication, folded))


def article(body: str, title: str = "A Quiet Hour") -> Article:
    reading = READERS[".md"](FRONT.format(title) + body, Origin("source/x.md", "x", Path("source")))
    assert reading.article, reading.findings
    return reading.article


# ---------------------------------------------------------------- arithmetic


def piece(lines: int = 1, cost: float | None = 3.0, gap: float = 2.0, owner: str = "one") -> Piece:
    return Piece(f"#{owner}", owner, gap, (LINE,) * lines, 8 * lines, 1.0, cost)


PIECES = st.lists(
    st.builds(
        piece,
        st.integers(1, 9),
        st.sampled_from([None, 0.0, 3.0, 12.0]),
        st.sampled_from([0.0, 1.0, 2.5]),
    ),
    min_size=1,
    max_size=14,
)


@given(PIECES, st.integers(1, 4))
def test_balanced_panels_hold_everything_in_order_and_none_is_too_full(
    pieces: list[Piece], count: int
) -> None:
    room = Room(count, 100.0)
    panels = balance(pieces, room)
    if not panels:
        return
    assert len(panels) == count
    assert [each for panel in panels for each in panel.pieces] == pieces
    assert all(panel.height <= room.height for panel in panels)
    for panel in panels[1:]:
        assert panel.begins_within or panel.pieces[0].cost is not None
    lines = sum(panel.height - _gaps(panel) for panel in panels)
    assert lines == pytest.approx(sum(each.height for each in pieces))


def _gaps(panel: Panel) -> float:
    return sum(each.gap for each in panel.pieces[0 if panel.begins_within else 1 :])


@given(PIECES, st.integers(1, 4))
def test_what_fits_can_be_balanced_and_what_does_not_cannot(
    pieces: list[Piece], count: int
) -> None:
    room = Room(count, 100.0)
    used, over = fill(pieces, room)
    if over:
        assert not balance(pieces, room)
    else:
        assert balance(pieces, Room(used, room.height))


def test_no_panel_ends_after_a_heading_or_a_lead_in() -> None:
    text, heading, body = piece(8), piece(1, cost=0.0), piece(8, cost=None)
    panels = balance([text, heading, body], Room(2, 10 * LINE))
    assert [panel.pieces for panel in panels] == [(text,), (heading, body)]


def test_two_lines_of_a_paragraph_stay_together_at_either_end() -> None:
    assert not balance([piece(3)], Room(2, 2 * LINE))
    first, second = balance([piece(4)], Room(2, 3 * LINE))
    assert (first.height, second.height) == (2 * LINE, 2 * LINE)
    assert second.begins_within


def test_panels_are_filled_alike() -> None:
    first, second = balance([piece(2, gap=0.0) for _ in range(6)], Room(2, 100.0))
    assert first.height == second.height == 6 * LINE


def test_a_panel_ends_before_a_section_rather_than_within_a_paragraph() -> None:
    pieces = [piece(9), piece(1, cost=0.0), piece(12, cost=None)]
    first, _ = balance(pieces, Room(2, 70.0))
    assert first.pieces == (pieces[0],)


def test_spare_room_goes_above_sections_in_half_lines_and_the_rest_stays_at_the_foot() -> None:
    heading, text = replace(piece(), stretch=2.0), piece()
    panel = Panel((piece(), heading, text, heading), 19.0)
    assert spread(panel, 22.5, half=2.0) == Spread((0.0, 4.0, 2.0, 2.0), 21.0)
    assert spread(panel, 100.0, half=2.0) == Spread((0.0, 8.0, 4.0, 8.0), 33.0)
    assert spread(panel, 20.9, half=2.0).height == 19.0


def test_panels_that_face_each_other_are_spread_as_far_as_both_can_go() -> None:
    heading, text = replace(piece(), stretch=2.0), piece()
    wide, narrow = Panel((piece(), heading, text, heading), 19.0), Panel((text,), 21.0)
    apart = spread_alike((wide, narrow), Room(2, 100.0), half=2.0)
    beside = spread_alike((wide, narrow), Room(2, 100.0, frozenset((1,))), half=2.0)
    assert [each.height for each in apart] == [33.0, 21.0]  # three above each section, one else
    assert [each.height for each in beside] == [21.0, 21.0]


def test_what_the_second_of_two_facing_pages_leaves_is_ruled_down_to_the_same_foot() -> None:
    """Where a list that must stand whole leaves one much shorter; else nothing is ruled."""
    whole, room = (
        replace(piece(), lines=(70.0,), cost=SECTION_BREAK),
        Room(2, 180.0, frozenset((1,))),
    )
    pieces = [whole, replace(whole, lines=(90.0,)), replace(whole, lines=(60.0,))]
    panels, spreads, rules = ended_alike(pieces, balance(pieces, room), room, PANEL)
    assert [len(panel.pieces) for panel in panels] == [2, 1]
    assert [spaced.gaps[0] for spaced in spreads] == [0.0, 0.0]  # both begin at the head
    above, lines = map(float, re.findall(r"([0-9.]+)mm", rules))
    head = (PANEL.head_line + PANEL.below_heading(1)) * 25.4 / 72
    assert spreads[1].height + above + head + lines == pytest.approx(spreads[0].height, abs=0.01)
    even = [whole, whole]
    assert ended_alike(even, balance(even, room), room, PANEL)[2] == ""
    apart = Room(2, 180.0)
    assert ended_alike(pieces, balance(pieces, apart), apart, PANEL)[2] == ""


def test_every_page_begins_at_the_head_the_first_too() -> None:
    """An article that begins with a heading has no line above that which nobody counted."""
    panels = [Panel((piece(owner=name), piece(owner="more")), 20.0) for name in ("one", "two")]
    rules = page_rules(panels, [Spread((0.0, 2.0), 20.0)] * 2, Pages(2, 210.0, 16.0))
    assert list(rules) == [
        "#one { margin-top: 0 }", "#two { break-before: page; margin-top: 0 }",
    ]  # fmt: skip


@given(PIECES)
def test_panels_that_face_each_other_end_no_less_alike(pieces: list[Piece]) -> None:
    apart = [panel.height for panel in balance(pieces, Room(2, 400.0))]
    beside = [panel.height for panel in balance(pieces, Room(2, 400.0, frozenset((1,))))]
    assert bool(apart) == bool(beside)
    if apart:
        assert abs(beside[1] - beside[0]) <= abs(apart[1] - apart[0]) + 1e-6


def test_a_booklet_takes_the_fewest_sheets_and_opener_lines_where_there_is_room(
    real: Publication,
) -> None:
    whole, short = (
        booklet_setting(each)
        for each in (real, publish(real, "It begins.\n\n## What helps\n\nRest.\n"))
    )
    assert (whole.fitting.pages, whole.blanks) == (8, 0)
    assert (short.fitting.pages, short.blanks) == (4, 1)
    assert short.scale.line > whole.scale.line


def test_large_print_has_contents_from_eight_pages_on(real: Publication) -> None:
    short = publish(real, "It begins.\n\n## What helps\n\nRest.\n\n## A\n\nB.\n\n## C\n\nD.\n")
    whole, few = (large_print_setting(each, LARGE_PRINT[0]) for each in (real, short))
    assert (whole.contents, whole.fitting.pages) == (True, 10)
    assert (few.contents, few.fitting.pages) == (False, 3)


@pytest.mark.parametrize("setting", large_print(Leaflet(large_print=(24,))))
def test_large_print_has_the_pages_it_was_decided_to_have(
    real: Publication, setting: Setting
) -> None:
    decided = large_print_setting(real, setting)
    document = render(real, decided, write_html(real, decided))
    assert len(document.pages) == decided.fitting.pages


def test_the_text_of_large_print_begins_under_its_contents(real: Publication) -> None:
    setting = large_print_setting(real, LARGE_PRINT[0])
    document = render(real, setting, write_html(real, setting))
    text = "".join(getattr(box, "text", "") for box in document.pages[1]._page_box.descendants())
    assert "Contents" in text and "If you’re thinking about starting therapy" in text
    assert len(document.pages) == setting.fitting.pages


def test_the_text_begins_a_line_under_contents_of_part_of_a_page() -> None:
    first, second = Piece("#a", "a", 0.0, (5.0,)), Piece("#b", "b", 4.0, (5.0,))
    under, alone = large_print_folding._under_contents((first, second), 120.0, 27.0)
    assert [(each.selector, each.gap) for each in under] == [
        (".contents", 0.0), ("#a", 27 * PT_MM), ("#b", 4.0),
    ]  # fmt: skip
    assert alone == 0


@pytest.mark.parametrize(("contents", "pages"), [(250.7, 1), (255.7, 1), (256.0, 2), (300.0, 2)])
def test_contents_of_a_page_stand_by_themselves_without_their_rule(
    contents: float, pages: int
) -> None:
    first = Piece("#a", "a", 0.0, (5.0,))
    alone = large_print_folding._under_contents((first,), contents, 27.0)
    assert alone == ((first,), pages)


def test_large_print_on_black_is_as_it_would_be_measured_by_itself(real: Publication) -> None:
    short = publish(real, "It begins.\n\n## What helps\n\nRest.\n\n- One.\n- Two.\n")
    white, black = large_print(Leaflet(large_print=(18,), high_contrast=True))
    found = large_print_folding._measures(short, black)
    by_itself = large_print_folding._measured(short.article, short.project, black)
    assert found.pieces == by_itself.pieces
    assert found.contents == by_itself.contents
    assert (found.back, found.contact) == pytest.approx((by_itself.back, by_itself.contact))
    assert found.back > large_print_folding._measures(short, white).back, "it says what it is for"


@given(PIECES, st.floats(0.5, 3))
def test_a_spread_panel_is_never_too_tall(pieces: list[Piece], half: float) -> None:
    for panel in balance(pieces, Room(1, 400.0)):
        spaced = spread(panel, 400.0, half)
        assert panel.height <= spaced.height <= 400.0 + 1e-9
        grown = zip(spaced.gaps[1:], panel.pieces[1:], strict=True)
        assert all(gap >= each.gap for gap, each in grown)


# ---------------------------------------------------------------- marks


def headings(sections: tuple[Section, ...]) -> list[str]:
    return [section.heading.text for section in sections]


def test_the_leaflet_is_as_it_is_marked() -> None:
    asked = as_marked(
        article(
            'leaflet: "It begins so."\n\nIt begins.[^1]\n\n## One\nleaflet: drop\n\nA.[^2]\n\n'
            '## Two\nleaflet: "Less."\n\nB.\n\n### Inside\n\nC.\n\n## Three\n\nD.\n\n'
            "### Inside too\nleaflet: drop\n\nE.[^3]\n\n[^1]: n1.\n[^2]: n2.\n[^3]: n3.\n"
        )
    )
    assert [sentence.text for sentence in article_sentences(asked)] == [
        "It begins so.", "Two", "Less.", "Three", "D.",
    ]  # fmt: skip


def test_notes_that_are_still_called_stay_with_their_numbers() -> None:
    asked = as_marked(
        article("## One\nleaflet: drop\n\nA.[^1]\n\n## Two\n\nB.[^2]\n\n[^1]: a.\n[^2]: b.\n")
    )
    assert [note.number for note in asked.notes] == [2]


# ---------------------------------------------------------------- a proposal


def measured(told: Article) -> list[Piece]:
    """Pieces as if every word were a line: enough for decisions."""
    pieces = [piece(10, owner="_introduction")]
    for section in told.sections:
        pieces.append(piece(1, cost=0.0, gap=4.0, owner=section.id))
        pieces.append(piece(section_words(section), cost=None, owner=section.id))
    return [*pieces, piece(4, owner="_ending")]


SECTIONS = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(["", "leaflet: keep\n"])), min_size=1, max_size=9
)


def told_of(sections: list[tuple[int, str]]) -> Article:
    return article(
        "It begins.\n"
        + "".join(
            f"\n## Part {at}\n{mark}\n{'word ' * words}.\n"
            for at, (words, mark) in enumerate(sections)
        )
    )


@given(SECTIONS)
@settings(deadline=None)
def test_a_proposal_keeps_order_and_what_must_be_kept_and_fits(
    sections: list[tuple[int, str]],
) -> None:
    told, room = told_of(sections), Room(4, 100.0)
    pieces = measured(told)
    proposed = propose(told, pieces, room)
    if proposed is None:
        return
    kept = [section.id for section in proposed.sections]
    assert kept == [section.id for section in told.sections if section.id in kept]
    by_owner = {section.id for section in told.sections if section.leaflet}
    with_last = with_sections(told, {*by_owner, told.sections[-1].id})
    assert (told.sections[-1].id in kept) == fits(pieces_of(with_last, pieces), room)
    assert {section.id for section in told.sections if section.leaflet} <= set(kept)
    assert fits(pieces_of(proposed, pieces), room)
    for section in told.sections:
        if section.id not in kept:
            more = with_sections(told, {*kept, section.id})
            assert not fits(pieces_of(more, pieces), room)


def test_a_proposal_goes_from_the_first_section_on_and_takes_each_that_fits() -> None:
    told = told_of([(20, ""), (60, ""), (10, ""), (5, "")])
    proposed = propose(told, measured(told), Room(4, 100.0))
    assert proposed and headings(proposed.sections) == ["Part 0", "Part 2", "Part 3"]


def test_a_last_section_that_is_too_long_by_itself_is_left_out_like_any_other() -> None:
    told = told_of([(10, ""), (15, ""), (900, "")])
    proposed = propose(told, measured(told), Room(4, 100.0))
    assert proposed and headings(proposed.sections) == ["Part 0", "Part 1"]


def test_an_article_of_one_section_that_does_not_fit_leaves_nothing_to_propose() -> None:
    told = replace(told_of([(900, "")]), introduction=())
    assert propose(told, measured(told), Room(4, 100.0)) is None


@given(SECTIONS)
@settings(deadline=None)
def test_the_fewest_sections_that_make_it_fit_are_named(sections: list[tuple[int, str]]) -> None:
    told, room = told_of(sections), Room(3, 100.0)
    pieces = measured(told)
    if fits(pieces, room):
        return
    over = how_far_over(told, told, pieces, room)
    assert over.words > 0
    if over.enough:
        gone = {section.id for section in over.enough}
        rest = with_sections(told, {s.id for s in told.sections} - gone)
        assert fits(pieces_of(rest, pieces), room)
        for each in gone:
            more = with_sections(told, {s.id for s in told.sections} - (gone - {each}))
            assert not fits(pieces_of(more, pieces), room)


def test_the_section_named_is_the_shortest_that_will_do() -> None:
    told = told_of([(50, ""), (12, ""), (20, ""), (5, "")])
    over = how_far_over(told, told, measured(told), Room(4, 128.0))
    assert headings(over.enough) == ["Part 2"]


def test_what_is_out_of_reach_is_not_measured_but_counted() -> None:
    told = told_of([(30, "")] * 40)
    near = within_reach(told, 200)
    assert len(near.sections) < 9
    assert near.sections[-1] == told.sections[-1]
    over = how_far_over(told, near, measured(near), Room(1, 150.0))
    assert over.words > article_words(told) - 100


# ---------------------------------------------------------------- laid out


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Publication]:
    return {
        path.stem: publication_of(path, tmp_path_factory.mktemp(path.stem) / "practice")
        for path in (ARTICLE, TORTURE)
    }


@pytest.fixture(scope="module")
def real(practices: dict[str, Publication]) -> Publication:
    return practices[ARTICLE.stem]


@pytest.fixture(scope="module")
def trifolds(practices: dict[str, Publication]) -> dict[str, bytes]:
    return {name: lay_out_folded(each, TRIFOLD) for name, each in practices.items()}


each_article = pytest.mark.parametrize("name", [ARTICLE.stem, TORTURE.stem])


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def widths(pdf: bytes) -> list[float]:
    return [round(page.get_width() / 72 * 25.4, 1) for page in pypdfium2.PdfDocument(pdf)]


@each_article
def test_a_trifold_has_six_panels_of_their_true_widths(
    name: str, trifolds: dict[str, bytes]
) -> None:
    assert widths(trifolds[name]) == [100, 100, 100, 97, 97, 100]
    assert all(page.get_height() / 72 * 25.4 == pytest.approx(210, abs=0.1)
               for page in pypdfium2.PdfDocument(trifolds[name]))  # fmt: skip


@each_article
def test_every_kept_sentence_is_there_once_and_none_that_is_left_out(
    name: str, trifolds: dict[str, bytes], practices: dict[str, Publication]
) -> None:
    publication = practices[name]
    decision = decide(publication, TRIFOLD)
    drawn = letters("".join(text_of(trifolds[name])[1:-1]))
    kept = [letters(sentence.text) for sentence in article_sentences(decision.article)]
    at = 0
    for words in kept:
        found = drawn.find(words, at)
        assert found >= 0, words
        at = found + len(words)
    for section in decision.left_out:
        assert letters(section.heading.text) not in drawn


def test_the_real_article_keeps_its_beginning_and_its_end(real: Publication) -> None:
    decision = decide(real, TRIFOLD)
    kept = [section.id for section in decision.article.sections]
    whole = [section.id for section in real.article.sections]
    assert kept[:4] == whole[:4]
    assert kept[-1] == whole[-1]
    assert decision.article.introduction == real.article.introduction
    assert decision.article.call_to_action == real.article.call_to_action
    assert 670 <= article_words(decision.article) <= 710


@each_article
def test_nothing_is_smaller_than_12_point(name: str, trifolds: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(trifolds[name])) as pdf:
        sizes = {
            float(size) * 0.75
            for page in pdf.pages
            for size in re.findall(rb" ([\d.]+) Tf", page.Contents.read_bytes())
        }
    assert min(sizes) >= 12 - 0.01


@each_article
def test_no_heading_and_no_lead_in_ends_a_panel(
    name: str, trifolds: dict[str, bytes], practices: dict[str, Publication]
) -> None:
    told = decide(practices[name], TRIFOLD).article
    before = [letters(heading) for heading in headings(told.sections)]
    for blocks in (section.blocks for section in told.sections):
        for block, after in zip(blocks, blocks[1:], strict=False):
            if isinstance(after, ListBlock):
                before.append(letters(_words(block)))
    for text in text_of(trifolds[name])[1:-1]:
        assert not any(letters(text).endswith(words) for words in before if words)


def _words(block: Block) -> str:
    return "".join(s.text for b in walk_blocks((block,)) for s in getattr(b, "sentences", ()))


@each_article
def test_text_keeps_clear_of_edges_and_folds(name: str, trifolds: dict[str, bytes]) -> None:
    clear = 5 / 25.4 * 72
    for page in pypdfium2.PdfDocument(trifolds[name]):
        text = page.get_textpage()
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            assert left >= clear and right <= page.get_width() - clear
            assert bottom >= clear and top <= page.get_height() - clear


@each_article
def test_panels_are_balanced(name: str, trifolds: dict[str, bytes]) -> None:
    """The text of every panel reaches into its last third."""
    for page in list(pypdfium2.PdfDocument(trifolds[name]))[1:-1]:
        text = page.get_textpage()
        feet = sorted(text.get_rect(at)[1] for at in range(text.count_rects()))
        assert feet[0] < page.get_height() / 3


def test_the_back_says_that_the_leaflet_is_shorter_and_where_the_whole_is(
    trifolds: dict[str, bytes],
) -> None:
    shorter, whole = (
        " ".join(text_of(trifolds[name])[-1].split()) for name in (ARTICLE.stem, TORTURE.stem)
    )
    assert "This leaflet is shorter than the article." in shorter
    assert "shorter" not in whole


def test_the_same_leaflet_comes_out_twice(real: Publication, trifolds: dict[str, bytes]) -> None:
    assert lay_out_folded(real, TRIFOLD) == trifolds[ARTICLE.stem]


@pytest.mark.parametrize(
    ("folded", "wanted"), [(Z_FOLD, [99] * 6), (FOUR_PAGE, [148] * 4)], ids=["z-fold", "four-page"]
)
def test_other_folds_are_a_row_of_the_table(
    folded: Folded, wanted: list[float], real: Publication
) -> None:
    pdf = lay_out_folded(real, folded)
    assert widths(pdf) == wanted


# ---------------------------------------------------------------- hard articles


def publish(real: Publication, body: str, title: str = "A Quiet Hour") -> Publication:
    return replace(real, article=article(body, title))


PARAGRAPH = "You may talk about what brings you to therapy, your history, or how life feels now. "


def test_a_short_article_is_set_larger_and_its_empty_panels_come_last(real: Publication) -> None:
    short = publish(real, "It begins.\n\n## What helps\n\nRest does.\n")
    decision = decide(short, TRIFOLD)
    assert decision.setting.scale.body == 14
    assert decision.setting.fitting.spare_panels == 3
    pdf = lay_out_folded(short, TRIFOLD)
    assert widths(pdf) == [100, 100, 100, 97, 97, 100]
    assert [bool(text.strip()) for text in text_of(pdf)] == [True, True, True, True, False, True]


def test_words_that_are_too_wide_are_broken_and_tables_taken_apart(real: Publication) -> None:
    head = " | ".join(["Psychodynamic"] * 7)
    body = (
        f"It begins.\n\n## What\n\n{'w' * 60} {'x' * 75}\n\n## A table\n\n| {head} |\n"
        f"{'|---' * 7}|\n| {head} |\n\nThat is all.\n"
    )
    wide = publish(real, body, "Antidisestablishmentarianism" * 2)
    setting = decide(wide, TRIFOLD).setting
    assert len(wide_tables(wide.article, wide.project, setting)) == 1
    pdf = lay_out_folded(wide, TRIFOLD)
    drawn = letters("".join(text_of(pdf)))
    assert "w" * 60 in drawn and "x" * 75 in drawn
    assert "Antidisestablishmentarianism" * 2 in drawn
    test_text_keeps_clear_of_edges_and_folds("wide", {"wide": pdf})


def test_a_point_taller_than_a_panel_runs_over_panels(real: Publication) -> None:
    body = f"It begins.\n\n## A list\n\n- {PARAGRAPH * 25}\n- short\n- shorter\n\n## Last\n\nEnd.\n"
    pdf = lay_out_folded(publish(real, body), TRIFOLD)
    assert len(widths(pdf)) == 6
    assert letters("".join(text_of(pdf))).count(letters(PARAGRAPH)) == 25


def test_a_hundred_times_the_article_is_decided_as_fast(real: Publication) -> None:
    sections = "".join(f"\n\n## Part {at}\n\n{PARAGRAPH * 8}" for at in range(1000))
    decision = decide(publish(real, "It begins." + sections), TRIFOLD)
    assert len(decision.left_out) > 980
    assert headings(decision.article.sections)[0] == "Part 0"
    assert headings(decision.article.sections)[-1] == "Part 999"


def test_a_back_that_is_too_full_is_named(real: Publication) -> None:
    lines = tuple(CrisisLine(f"Line {at}", "Call 116 123, day or night") for at in range(20))
    practice = replace(real.project.practice, crisis=lines, contact=Contact())
    full = replace(real, project=replace(real.project, practice=practice))
    with pytest.raises(DoesNotFit, match="back of a trifold") as caught:
        lay_out_folded(full, TRIFOLD)
    assert caught.value.path == "source/practice.toml"


def test_a_title_that_is_too_long_is_named(real: Publication) -> None:
    with pytest.raises(DoesNotFit, match="Title"):
        lay_out_folded(publish(real, "It begins.\n", "A very long title " * 60), TRIFOLD)


# ---------------------------------------------------------------- what the owner is told


def mark_all(told: Article, choice: str, but: int = 0) -> Article:
    """Every section but the first `but` marked so."""
    from leafcast.document.article import LeafletMark

    mark = LeafletMark(choice, told.introduction[0].place)
    sections = tuple(
        replace(section, leaflet=mark if at >= but else None)
        for at, section in enumerate(told.sections)
    )
    return replace(told, sections=sections)


def findings(publication: Publication, tmp_path: Path, pdf: bytes) -> list[tuple[str, Severity]]:
    (tmp_path / f"{publication.article.slug}-trifold.pdf").write_bytes(pdf)
    return [(f.code, f.severity) for f in check_fit(publication, tmp_path)]


def test_a_proposal_is_told_with_every_section_it_leaves_out(
    real: Publication, trifolds: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / f"{ARTICLE.stem}-trifold.pdf").write_bytes(trifolds[ARTICLE.stem])
    (finding,) = check_fit(real, tmp_path)
    assert (finding.code, finding.severity) == ("trifold-cut", Severity.WARNING)
    for section in decide(real, TRIFOLD).left_out:
        assert section.heading.text in finding.message
    assert "leaflet: drop" in finding.fix


def test_an_article_that_fits_is_not_spoken_of(
    practices: dict[str, Publication], trifolds: dict[str, bytes], tmp_path: Path
) -> None:
    assert findings(practices[TORTURE.stem], tmp_path, trifolds[TORTURE.stem]) == []


def test_of_a_short_article_it_is_said_that_four_pages_would_suit_it(tmp_path: Path) -> None:
    short = read_article(CASES / "first-session.md", CASES).article
    assert short
    publication = Publication(short, load_project(ROOT))
    assert findings(publication, tmp_path, _blank_panels()) == [
        ("four-pages-would-suit", Severity.ADVICE)
    ]
    (tmp_path / "first-session-four-page.pdf").write_bytes(_blank_panels((148,) * 4))
    assert findings(publication, tmp_path, _blank_panels()) == []


def test_a_back_is_set_in_the_articles_type_where_there_is_room_for_it() -> None:
    """In the least where contact and crisis lines are too many for that."""
    short = read_article(CASES / "first-session.md", CASES).article
    assert short
    project = load_project(ROOT)
    publication = Publication(short, project)

    def backs(publication: Publication, folded: Folded) -> list[str]:
        rules = decide(publication, folded).setting.fitting.rules
        return re.findall(r"\.back \{ font-size: (\d+)pt", rules)

    assert backs(publication, FOUR_PAGE) == ["14"]
    assert backs(publication, TRIFOLD) == ["13"]
    lines = tuple(replace(line, name=f"{line.name} again") for line in project.practice.crisis[:1])
    address = "Third floor, 12 Grainger Street, Newcastle upon Tyne NE1 4AB"
    contact = replace(project.practice.contact, address=address)
    fuller = replace(project.practice, contact=contact, crisis=(*project.practice.crisis, *lines))
    full = replace(publication, project=replace(project, practice=fuller))
    assert decide(full, TRIFOLD).setting.scale.body == 14
    assert backs(full, TRIFOLD) == ["12"]


def test_a_back_that_is_too_full_goes_without_the_portrait(tmp_path: Path) -> None:
    folder = write_practice(tmp_path / "practice")
    Image.new("RGB", (300, 400), "tan").save(folder / "source/me.jpg")
    project = load_project(folder)
    look = replace(project.practice.look, portrait="me.jpg", portrait_alt="Jo")
    short = read_article(CASES / "first-session.md", CASES).article
    assert short

    def hidden(lines: int) -> bool:
        return "trifold-without-portrait" in told(lines)

    def told(lines: int) -> list[str]:
        crisis = tuple(CrisisLine(f"Somebody {at}", "Call 999") for at in range(lines))
        practice = replace(project.practice, look=look, crisis=crisis)
        publication = Publication(short, replace(project, practice=practice))
        return [code for code, _ in findings(publication, tmp_path, _blank_panels())]

    assert not hidden(2)
    assert any(hidden(lines) for lines in (6, 7, 8))


def test_the_owners_own_cut_is_never_cut_further(real: Publication, tmp_path: Path) -> None:
    one_dropped = replace(
        real.article,
        sections=(
            *mark_all(replace(real.article, sections=real.article.sections[:1]), "drop").sections,
            *real.article.sections[1:],
        ),
    )
    over = replace(real, article=one_dropped)
    with pytest.raises(DoesNotFit, match=r"\d+ words too long") as caught:
        lay_out_folded(over, TRIFOLD)
    decision = decide(over, TRIFOLD)
    assert decision.over and len(decision.over.enough) == 2
    assert all(section.heading.text in caught.value.hint for section in decision.over.enough)
    kept = [s for s in one_dropped.sections if s not in decision.over.enough]
    assert lay_out_folded(
        replace(real, article=replace(one_dropped, sections=tuple(kept))), TRIFOLD
    )
    assert findings(over, tmp_path, _blank_panels()) == [("trifold-over", Severity.ERROR)]


def test_all_sections_kept_are_too_many_and_it_says_so(real: Publication) -> None:
    decision = decide(replace(real, article=mark_all(real.article, "keep")), TRIFOLD)
    assert decision.over and 150 < decision.over.words < 350


def test_what_is_kept_is_in_the_proposal(real: Publication) -> None:
    article_kept = mark_all(real.article, "keep", but=5)
    decision = decide(replace(real, article=article_kept), TRIFOLD)
    assert decision.over is None
    kept = [section.id for section in decision.article.sections]
    assert set(kept) > {section.id for section in article_kept.sections[5:]}


def _blank_panels(widths_mm: tuple[float, ...] = TRIFOLD.widths_mm) -> bytes:
    pdf = pikepdf.new()
    for width in widths_mm:
        pdf.add_blank_page(page_size=(width / 25.4 * 72, 210 / 25.4 * 72))
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize("wrong", [(100, 100, 100, 100, 97, 100), (100, 100, 100, 97, 97)])
def test_panels_of_the_wrong_size_or_number_are_found(
    wrong: tuple[float, ...], practices: dict[str, Publication], tmp_path: Path
) -> None:
    publication = practices[TORTURE.stem]
    assert findings(publication, tmp_path, _blank_panels(wrong)) == [
        ("panels-wrong", Severity.ERROR)
    ]


def test_a_wide_table_is_told_with_its_line(real: Publication, tmp_path: Path) -> None:
    head = " | ".join(["Psychodynamic"] * 7)
    wide = publish(real, f"It begins.\n\n| {head} |\n{'|---' * 7}|\n| {head} |\n")
    (tmp_path / "x-trifold.pdf").write_bytes(_blank_panels())
    (finding,) = check_tables(wide, tmp_path)
    assert "Trifold leaflet" in finding.message
    assert (finding.code, str(finding.place)) == ("table-too-wide", "source/x.md:10")


def test_a_table_that_a_folded_leaflet_does_not_hold_is_not_told_of_it(
    real: Publication, tmp_path: Path
) -> None:
    head = " | ".join(["Psychodynamic"] * 4)
    table = f"| {head} |\n{'|---' * 4}|\n| {head} |\n"
    told = publish(real, f"It begins.\n\n## Dropped\nleaflet: drop\n\n{table}\n## Kept\n\nWords.\n")
    (tmp_path / "x-trifold.pdf").write_bytes(_blank_panels())
    assert not any("Trifold" in each.message for each in check_tables(told, tmp_path))


# ---------------------------------------------------------------- in a build


def test_what_does_not_fit_stops_no_other_edition(practice: Path) -> None:
    path = practice / "source" / "quiet-hour.md"
    words = f"## What happens\nleaflet: keep\n\n{PARAGRAPH * 80}"
    path.write_text(path.read_text("utf-8").replace("## What happens", words), encoding="utf-8")
    outcome = run(practice, editions=("trifold", "a4"))
    (finding,) = [f for f in outcome.report.findings if f.severity is Severity.ERROR]
    assert finding.code == "trifold-over"
    assert [made.edition for made in outcome.made] == ["a4"]
    assert outcome.report.exit_code == 1


def test_a_changed_mark_makes_the_leaflet_anew(practice: Path) -> None:
    run(practice, editions=("trifold",))
    assert not run(practice, editions=("trifold",)).made[0].new
    edit(practice, "## What comes after", "## What comes after\nleaflet: drop")
    outcome = run(practice, editions=("trifold",))
    assert outcome.made[0].new
    pdf = practice / "dist/quiet-hour/quiet-hour-trifold.pdf"
    text = " ".join(text_of(pdf.read_bytes()))
    assert "What happens" in text and "What comes after" not in text
