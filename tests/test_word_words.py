"""Every word of a Word file is in its article, in order, or named in a finding."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Link,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    article_sentences,
)
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers import READERS
from leafcast.readers.drafts import BREAK, ParagraphDraft, PictureDraft, Run, words_of
from leafcast.readers.raised import is_apart, lowered, raised
from leafcast.readers.settle import settle
from leafcast.readers.word.fields import address_of
from leafcast.readers.word.reader import draft_word
from leafcast.readers.word.symbols import sign
from tests.conftest import ROOT
from tests.word_files import (
    W,
    add_picture,
    new_document,
    part_of,
    related,
    repacked,
    saved,
    with_body,
)

BASE = saved(new_document())
ORIGIN = Origin("source/quiet-hour.docx", "quiet-hour", Path("source"))
HEAD = "".join(
    f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
    for line in ("title: A Quiet Hour", "author: Jo Example", "review: 2028-03-01")
)


def t(words: str, run: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what is no XML is a run of its own."""
    inner = "".join(run if run.startswith("<") else t(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<") else p(each) for each in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def sdt(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def wrapped(body: str) -> bytes:
    return with_body(BASE, HEAD + body)


def article(content: bytes) -> Article:
    reading = READERS[".docx"](content, ORIGIN)
    assert reading.article, reading.findings
    return reading.article


def told(content: bytes, code: str) -> list[str]:
    return [f.message for f in READERS[".docx"](content, ORIGIN).findings if f.code == code]


def sentences(body: str) -> list[str]:
    return [each.text for each in article_sentences(article(wrapped(body)))]


def drafts(body: str) -> list[str]:
    """The words of each paragraph as the reader gives it."""
    blocks = draft_word(wrapped(body), ORIGIN, take_pictures=False).blocks
    return [words_of(block.runs) for block in blocks if isinstance(block, ParagraphDraft)]


def cells(body: str) -> list[list[str]]:
    (table,) = (b for b in article(wrapped(body)).introduction if isinstance(b, Table))
    return [[each.text for each in line] for line in (table.head, *table.rows)]


BR = "<w:r><w:br/></w:r>"
HEADS = row("Day", "Morning", "Evening")


# ---------------------------------------------------------------- line breaks


@pytest.mark.parametrize("gap", [BR + BR, BR * 3, BR + t(" ") + BR, "<w:r><w:cr/><w:br/></w:r>"])
def test_a_blank_line_within_a_paragraph_parts_it(gap: str) -> None:
    body = p("Call 0113 496 0000", gap, "1 High Street, Leeds")
    assert drafts(body) == ["Call 0113 496 0000", "1 High Street, Leeds"]
    assert sentences(p("It takes its time.", gap, "You may rest.")) == [
        "It takes its time.", "You may rest.",
    ]  # fmt: skip


def test_typed_points_go_on_after_a_blank_line() -> None:
    found = article(wrapped(p("- one", BR, "- two", BR, BR, "- three") + p("It ends here.")))
    (points, _) = found.introduction
    assert isinstance(points, ListBlock) and len(points.entries) == 3


def test_what_follows_a_blank_line_in_a_point_is_of_the_point() -> None:
    numbered = "<w:pStyle w:val='ListBullet'/>"
    found = article(
        wrapped(p("One", BR, BR, "goes on.", properties=numbered) + p("Two", properties=numbered))
    )
    (points,) = found.introduction
    assert isinstance(points, ListBlock) and [len(e.blocks) for e in points.entries] == [2, 1]


PIECES = st.sampled_from(["a", "b c", " ", BREAK, "\n\n", "\r\n", "d ", " e", "\t"])
RUNS = st.lists(
    st.builds(Run, PIECES, strong=st.booleans(), target=st.sampled_from(["", "https://a.org"]))
    | st.builds(lambda n: Run("", note=n), st.sampled_from(["1", "2"])),
    max_size=9,
)


@given(RUNS)
@settings(max_examples=150, deadline=None)
def test_settled_runs_have_the_same_words_apart(runs: list[Run]) -> None:
    settled = settle(runs)
    assert words_of(settled) == words_of(tuple(runs))
    assert [run.note for run in settled if run.note] == [run.note for run in runs if run.note]


# ---------------------------------------------------------------- holders


@pytest.mark.parametrize(
    "held",
    [
        sdt(cell("9 to 12")),
        sdt(sdt(cell("9 to 12"))),
        f"<w:customXml>{cell('9 to 12')}</w:customXml>",
        f"<w:ins w:id='1'>{cell('9 to 12')}</w:ins>",
        cell(sdt(p("9 to 12"))),
        cell(p(sdt(t("9 to 12")))),
        cell(p(f"<w:smartTag><w:smartTag>{t('9 to 12')}</w:smartTag></w:smartTag>")),
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{cell('9 to 12')}</mc:Choice></mc:AlternateContent>",
    ],
)
def test_a_cell_keeps_its_place_whatever_holds_it(held: str) -> None:
    table = f"<w:tbl>{HEADS}{row('Monday', held, 'closed')}</w:tbl>"
    assert cells(table)[1] == ["Monday", "9 to 12", "closed"]
    held_row = sdt(row("Monday", held, "closed"))
    assert cells(f"<w:tbl>{HEADS}{held_row}</w:tbl>")[1] == ["Monday", "9 to 12", "closed"]


@pytest.mark.parametrize("holder", ["w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:unheardOf"])
def test_words_are_read_in_whatever_holds_them(holder: str) -> None:
    assert sentences(p("It is ", f"<{holder}>{t('so')}</{holder}>", ".")) == ["It is so."]
    assert sentences(f"<{holder}>{p('It is so.')}</{holder}>") == ["It is so."]


def test_of_alternatives_the_first_that_says_something_is_read() -> None:
    way = "<mc:AlternateContent><mc:Choice Requires='x'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    assert sentences(p("It is ", way.format(t("so"), t("thus")), ".")) == ["It is so."]
    assert sentences(p("It is ", way.format("", t("thus")), ".")) == ["It is thus."]


def test_what_asks_to_be_filled_in_is_left_out_and_named() -> None:
    asks = sdt(t("Click or tap here to enter text."), "<w:showingPlcHdr/>")
    body = p("Your name: ", asks) + p("It is so.")
    assert sentences(body) == ["Your name:", "It is so."]
    assert "Click or tap here" in told(wrapped(body), "placeholder-left-out")[0]
    own = sdt(t("every Monday morning"), "<w:showingPlcHdr/>")
    assert sentences(p("We meet ", own, ".")) == ["We meet every Monday morning."]


def test_moved_words_are_read_where_they_went() -> None:
    body = p("It ", f"<w:moveFrom w:id='1'>{t('slowly ')}</w:moveFrom>", "helps", f"<w:moveTo w:id='2'>{t(' slowly')}</w:moveTo>", ".")  # fmt: skip
    assert sentences(body) == ["It helps slowly."]


# ---------------------------------------------------------------- what runs say of words


@pytest.mark.parametrize(
    ("place", "words", "shown"),
    [
        ("superscript", "2", "10²"), ("subscript", "2", "10₂"), ("superscript", "−3", "10⁻³"),
        ("superscript", "n+1", "10ⁿ⁺¹"), ("superscript", "th", "10th"), ("superscript", "st", "10st"),
        ("subscript", "(2)", "10₍₂₎"), ("superscript", "2,3", "10²,³"), ("baseline", "2", "102"),
    ],
)  # fmt: skip
def test_figures_above_and_below_the_line_join_no_number(
    place: str, words: str, shown: str
) -> None:
    body = p("10", t(words, f"<w:vertAlign w:val='{place}'/>"), " it is.")
    assert sentences(body) == [f"{shown} it is."]
    assert not told(wrapped(body), "raised-letters")


def test_letters_above_the_line_that_mean_something_are_told_and_join_no_word() -> None:
    body = p("It is 2", t("x", "<w:vertAlign w:val='superscript'/>"), ".")
    assert sentences(body) == ["It is 2(x)."]
    assert "“x”" in told(wrapped(body), "raised-letters")[0]
    assert (raised("2"), lowered("2"), raised("xy")) == ("²", "₂", "xy")


@pytest.mark.parametrize(
    ("before", "words", "apart"),
    [
        ("the 1", "st", False), ("Acme", "TM", False), ("2", "x", True), ("Note", "*", False),
        ("le 1", "er", False), ("Note", "a", True), ("M", "me", False), ("v", "max", True),
        ("Note", "a long aside", False), ("Note", "[a]", False), ("3", "½", False), ("", "a", False),
        ("such. ", "a", False), ("N", "o", False),
    ],
)  # fmt: skip
def test_raised_letters_are_set_apart_where_they_would_change_a_word(
    before: str, words: str, apart: bool
) -> None:
    assert is_apart(words, before) is apart


@pytest.mark.parametrize(
    "mark", ["<w:strike/>", "<w:dstrike/>", "<w:strike w:val='1'/>", "<w:rStyle w:val='Gone'/>"]
)
def test_words_struck_through_are_left_out_and_named(mark: str) -> None:
    styles = part_of(BASE, "word/styles.xml").decode()
    gone = "<w:style w:type='character' w:styleId='Gone'><w:name w:val='Gone'/><w:rPr><w:strike/></w:rPr></w:style>"
    base = repacked(
        BASE, {"word/styles.xml": styles.replace("</w:styles>", f"{gone}</w:styles>").encode()}
    )
    body = p("We meet on", t(" Mon", mark), t("days", mark), t(" Tuesdays"), ".")
    content = with_body(base, HEAD + body)
    assert [s.text for s in article_sentences(article(content))] == ["We meet on Tuesdays."]
    (message,) = told(content, "struck-words")
    assert "1 word: “Mondays”" in message and "(paragraph 4)" in message


def test_words_not_struck_are_kept() -> None:
    assert sentences(p("We meet on ", t("Mondays", "<w:strike w:val='0'/>"), ".")) == [
        "We meet on Mondays."
    ]


def test_hidden_words_are_named() -> None:
    body = p("It is so.", t(" Ask Kim about it.", "<w:vanish/>"))
    assert sentences(body) == ["It is so."]
    assert "4 words in all: “Ask Kim about it.”" in told(wrapped(body), "hidden-words")[0]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", "F0DA", "∨"), ("Symbol", "00DA", "∨"), ("Symbol", "F061", "α"), ("Symbol", "F0B3", "≥"),
        ("Wingdings", "F0FC", "✓"), ("Wingdings", "F0A8", "□"), ("Wingdings", "F04A", "☺"),
        ("Wingdings 2", "F050", "✓"), ("Wingdings 3", "F07D", "▶"), ("Webdings", "F061", "✔"),
        ("Calibri", "00E9", "é"), ("Marlett", "F061", ""), ("Wingdings", "F0D0", ""), ("", "F0D0", ""),
    ],
)  # fmt: skip
def test_a_symbol_is_what_its_font_shows_or_is_told(font: str, code: str, shown: str) -> None:
    assert sign(font, int(code, 16)) == shown
    body = p("It is ", f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>", " so.")
    assert sentences(body) == [" ".join(f"It is {shown} so.".split())]
    assert bool(told(wrapped(body), "symbol-lost")) == (not shown)


def test_letters_set_in_a_font_of_symbols_are_its_signs() -> None:
    body = p(
        "The ",
        t("b", "<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>"),
        "-test and \uf0b7 \uf0fc too.",
    )
    assert sentences(body) == ["The β-test and • ✓ too."]


def test_small_signs_of_word_are_kept() -> None:
    body = p(
        "<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>being</w:t><w:ptab/><w:t>ther</w:t><w:softHyphen/><w:t>apy</w:t></w:r>",
        " is.",
    )
    assert sentences(body) == ["well\u2011being therapy is."]


def test_words_with_their_pronunciation_are_the_words() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{t('kokoro')}</w:rt><w:rubyBase>{t('心')}</w:rubyBase></w:ruby></w:r>"
    )
    body = p("It is ", ruby, ".")
    assert sentences(body) == ["It is 心."]
    assert "“kokoro”" in told(wrapped(body), "pronunciation-left-out")[0]


# ---------------------------------------------------------------- fields and links


def fld(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def code(words: str) -> str:
    return f"<w:r><w:instrText xml:space='preserve'>{words}</w:instrText></w:r>"


@pytest.mark.parametrize(
    "first",
    [
        p(fld("begin"), "It begins."),
        p("It begins.", fld("begin")),
        p(fld("begin"), code(" PAGE "), "It begins."),
        p("It begins.", fld("begin"), fld("separate")),
        p("It begins.", fld("end")),
        p(
            fld("begin"),
            code(" HYPERLINK &quot;https://a.org&quot; "),
            fld("separate"),
            "It begins.",
        ),
    ],
)
def test_a_field_that_never_ends_hides_nothing(first: str) -> None:
    whole = p(fld("begin"), code(" DATE "), fld("separate"), "It is Monday.", fld("end"))
    body = first + p("It goes on.") + whole + p("It ends.")
    found = article(wrapped(body))
    read = list(article_sentences(found))
    assert [s.text for s in read] == ["It begins.", "It goes on.", "It is Monday.", "It ends."]
    assert not any(isinstance(i, Link) for s in read for i in s.content)


@pytest.mark.parametrize(
    ("words", "target", "inside"),
    [
        ('HYPERLINK "https://a.org/b" \\l "urgent"', "https://a.org/b#urgent", False),
        ('HYPERLINK \\o "a tip" "https://a.org/b" \\t "_blank"', "https://a.org/b", False),
        ("hyperlink https://a.org/b", "https://a.org/b", False),
        ('HYPERLINK \\l "urgent"', "", True),
        ("REF _Ref12 \\h", "", True),
        ('HYPERLINK "javascript:x"', "", False),
    ],
)
def test_a_code_says_where_a_link_leads(words: str, target: str, inside: bool) -> None:
    found = address_of(words)
    assert found and (found.target(), found.is_inside) == (target, inside)
    simple = f"<w:fldSimple w:instr='{words}'>{t('here')}</w:fldSimple>"
    body = p("Look ", simple, ".")
    links = [
        i.target
        for s in article_sentences(article(wrapped(body)))
        for i in s.content
        if isinstance(i, Link)
    ]
    assert sentences(body) == ["Look here."] and links == ([target] if target else [])
    assert bool(told(wrapped(body), "link-inside")) == inside
    assert bool(told(wrapped(body), "link-target")) == (not target and not inside)


def test_a_link_keeps_its_place_and_one_within_the_file_is_told() -> None:
    rels = part_of(BASE, "word/_rels/document.xml.rels").decode()
    line = (
        '<Relationship Id="rIdL" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="https://a.org/b" TargetMode="External"/></Relationships>'
    )
    base = repacked(
        BASE, {"word/_rels/document.xml.rels": rels.replace("</Relationships>", line).encode()}
    )
    body = p("Look ", f"<w:hyperlink r:id='rIdL' w:anchor='urgent'>{t('here')}</w:hyperlink>", " or ", f"<w:hyperlink w:anchor='below'>{t('below')}</w:hyperlink>", ".")  # fmt: skip
    content = with_body(base, HEAD + body)
    (sentence,) = article_sentences(article(content))
    assert [i.target for i in sentence.content if isinstance(i, Link)] == ["https://a.org/b#urgent"]
    assert sentence.text == "Look here or below." and len(told(content, "link-inside")) == 1


def test_a_contents_made_by_a_field_is_left_out_whatever_its_style() -> None:
    toc = p(fld("begin"), code(" TOC \\o "), fld("separate"), "Grief 2") + p("Loss 3", fld("end"))
    body = toc + p("It is so.")
    assert sentences(body) == ["It is so."]
    assert "4 words in all" in told(wrapped(body), "contents-left-out")[0]
    assert not told(wrapped(body), "link-inside")


# ---------------------------------------------------------------- notes

NOTES = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    "<w:footnote w:id='5'><w:p><w:r><w:t>So they say.</w:t></w:r></w:p></w:footnote>"
    "<w:footnote w:id='6'><w:p><w:r><w:t>Nobody calls it.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def test_a_note_nobody_calls_is_named() -> None:
    body = p("It helps.", "<w:r><w:footnoteReference w:id='5'/></w:r>")
    content = related(wrapped(body), "footnotes", "footnotes.xml", NOTES.encode())
    assert "“Nobody calls it.”" in told(content, "note-not-called")[0]


@pytest.mark.parametrize("before", [True, False])
def test_a_call_without_words_is_that_of_the_paragraph_beside_it(before: bool) -> None:
    call, words = p("<w:r><w:footnoteReference w:id='5'/></w:r>"), p("It helps.")
    body = call + words if before else words + call
    found = article(related(wrapped(body), "footnotes", "footnotes.xml", NOTES.encode()))
    (paragraph,) = found.introduction
    assert isinstance(paragraph, Paragraph) and len(found.notes) == 1
    assert isinstance(paragraph.sentences[0].content[-1], NoteMark)


def test_a_call_with_no_words_around_it_is_told() -> None:
    body = p("One", properties=POINT) + p("<w:r><w:footnoteReference w:id='5'/></w:r>")
    content = related(wrapped(body), "footnotes", "footnotes.xml", NOTES.encode())
    assert any("where no words stand" in m for m in told(content, "note-not-called"))


def test_several_bodies_are_all_read() -> None:
    assert sentences(p("It begins.") + "</w:body><w:body>" + p("It ends.")) == [
        "It begins.",
        "It ends.",
    ]


def test_a_mark_of_ones_own_before_a_note_gives_way_to_its_number() -> None:
    mark = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='5'/><w:t>*</w:t></w:r>"
    content = related(wrapped(p("It helps.", mark)), "footnotes", "footnotes.xml", NOTES.encode())
    (sentence, _) = article_sentences(article(content))
    assert sentence.text == "It helps." and isinstance(sentence.content[-1], NoteMark)


# ---------------------------------------------------------------- tables


def test_merged_cells_say_their_words_in_each() -> None:
    table = (
        "<w:tbl>" + HEADS
        + row("Monday", cell("by arrangement", properties="<w:gridSpan w:val='2'/>"))
        + row("Tuesday", cell("closed", properties="<w:vMerge w:val='restart'/>"), "18 to 20")
        + row("Wednesday", cell(properties="<w:vMerge/>"), "19 to 21")
        + row("Thursday", cell(properties="<w:vMerge w:val='continue'/>"), "20 to 22")
        + row("Friday", cell("open", properties="<w:hMerge w:val='restart'/>"), cell(properties="<w:hMerge/>"))
        + "</w:tbl>"
    )  # fmt: skip
    assert cells(table)[1:] == [
        ["Monday", "by arrangement", "by arrangement"], ["Tuesday", "closed", "18 to 20"],
        ["Wednesday", "closed", "19 to 21"], ["Thursday", "closed", "20 to 22"],
        ["Friday", "open", "open"],
    ]  # fmt: skip


def test_a_note_in_a_merged_cell_is_called_once() -> None:
    called = cell(
        p("all day", "<w:r><w:footnoteReference w:id='5'/></w:r>"),
        properties="<w:gridSpan w:val='2'/>",
    )
    table = f"<w:tbl>{HEADS}{row('Monday', called)}{row('Tuesday', 'a', 'b')}</w:tbl>"
    content = related(wrapped(table), "footnotes", "footnotes.xml", NOTES.encode())
    (found,) = article(content).introduction
    assert isinstance(found, Table)
    marks = [
        i
        for line in found.rows
        for c in line
        for s in c.sentences
        for i in s.content
        if isinstance(i, NoteMark)
    ]
    assert len(marks) == 1


POINT = "<w:pStyle w:val='ListBullet'/>"


@pytest.mark.parametrize(
    "inner",
    [
        cell(p("a pen", properties=POINT), p("some paper", properties=POINT)),
        cell(p("• a pen"), p("• some paper")),
    ],
)
def test_lists_in_cells_stay_lists(inner: str) -> None:
    found = article(
        wrapped(f"<w:tbl>{row('Bring with you.', inner)}{row('Cost.', '£60 a session.')}</w:tbl>")
    )
    kinds = [type(block) for block in found.introduction]
    assert kinds == [Paragraph, ListBlock, Paragraph, Paragraph]


def test_headings_and_tables_in_cells_stay_what_they_are() -> None:
    heading = p("Grief", properties="<w:outlineLvl w:val='0'/>")
    inner = f"<w:tbl>{row('Day', 'Hour')}{row('Monday', '9')}</w:tbl>"
    body = f"<w:tbl>{row(cell(heading, p('It hurts.')), cell(inner, '<w:p/>'))}{row('x y.', 'z.')}</w:tbl>"
    found = article(
        wrapped(
            p("It begins.")
            + body
            + p("Loss", properties="<w:outlineLvl w:val='0'/>")
            + p("It ends.")
        )
    )
    assert [s.heading.text for s in found.sections] == ["Grief", "Loss"]
    assert any(isinstance(block, Table) for block in found.sections[0].blocks)


def test_empty_tables_are_told_once() -> None:
    empty = f"<w:tbl>{row('', '')}{row('', '')}</w:tbl>"
    body = p("It begins.") + (empty + p("It goes on.")) * 3
    assert sentences(body) == ["It begins.", *["It goes on."] * 3]
    assert "3, the first here (paragraph 5)" in told(wrapped(body), "empty-table")[0]
    assert not [m for m in told(wrapped(body), "guessed") if "headers" in m]


def test_a_row_over_all_columns_is_said_once_before_the_table() -> None:
    title = row(cell("When I work.", properties="<w:gridSpan w:val='3'/>"))
    body = f"<w:tbl>{title}{HEADS}{row('Monday', '9', '10')}</w:tbl>"
    assert cells(body)[0] == ["Day", "Morning", "Evening"]
    assert sentences(body)[0] == "When I work."


# ---------------------------------------------------------------- paragraphs


@pytest.mark.parametrize("way", ["drop", "margin"])
def test_a_drop_capital_begins_its_word(way: str) -> None:
    capital = p(t("G", "<w:b/><w:sz w:val='96'/>"), properties=f"<w:framePr w:dropCap='{way}'/>")
    assert sentences(capital + p("rief is a natural answer to loss.")) == ["Grief is a natural answer to loss."]  # fmt: skip


def test_indented_paragraphs_are_a_quotation_and_told() -> None:
    indented = p(
        "She told me that she slept at last.", properties="<w:ind w:left='720' w:right='720'/>"
    )
    found = article(
        wrapped(p("It helps many people here.") + indented * 2 + p("So it goes on and on."))
    )
    (_, quote, _) = found.introduction
    assert isinstance(quote, Quote) and len(quote.blocks) == 2
    assert any(
        "quotations" in m for m in told(wrapped(p("It helps many people.") + indented), "guessed")
    )


def test_an_indented_paragraph_in_a_list_goes_on_with_its_point() -> None:
    indented = p("It says more about the point.", properties="<w:ind w:left='720'/>")
    found = article(wrapped(p("One", properties=POINT) + indented + p("Two", properties=POINT)))
    (points,) = found.introduction
    assert isinstance(points, ListBlock) and [len(e.blocks) for e in points.entries] == [2, 1]


def test_a_caption_is_no_heading_and_a_slanted_line_is_that_of_its_picture() -> None:
    caption = p("Table 1: When I Work", properties="<w:pStyle w:val='Caption'/>")
    table = f"<w:tbl>{row('Day', 'Hour')}{row('Monday', '9')}</w:tbl>"
    found = article(wrapped(p("It begins here.") + caption + table))
    assert not found.sections
    document = new_document()
    add_picture(document, ROOT / "tests/cases/articles/armchairs.png", "Two armchairs")
    document.add_paragraph().add_run("My room in Hove").italic = True
    blocks = draft_word(saved(document), ORIGIN, take_pictures=True).blocks
    assert [b.caption for b in blocks if isinstance(b, PictureDraft)] == ["My room in Hove"]


def test_a_title_in_two_lines_is_one_and_an_author_is_who_is_styled_so() -> None:
    styles = part_of(BASE, "word/styles.xml").decode()
    author = "<w:style w:type='paragraph' w:styleId='Author'><w:name w:val='Author'/></w:style>"
    base = repacked(
        BASE, {"word/styles.xml": styles.replace("</w:styles>", f"{author}</w:styles>").encode()}
    )
    title = "<w:pStyle w:val='Title'/>"
    body = (
        p("review: 2028-03-01") + p("What Is", properties=title) + p("Grief?", properties=title)
        + p("Kim Other", properties="<w:pStyle w:val='Author'/>") + p("It is so.")
    )  # fmt: skip
    found = article(with_body(base, body))
    assert (found.title, found.author) == ("What Is Grief?", "Kim Other")
    assert [s.text for s in article_sentences(found)] == ["It is so."]


def test_points_counted_with_letters_are_told() -> None:
    levels = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/></w:lvl>"
    numbering = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    base = repacked(BASE, {"word/numbering.xml": numbering.encode()})
    point = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    content = with_body(base, HEAD + p("one", properties=point) + p("two", properties=point))
    assert "2, the first here" in told(content, "list-letters")[0]


def test_a_number_without_words_holds_the_points_below_it() -> None:
    def point(words: str, level: int) -> str:
        style = "ListBullet" if level == 0 else "ListBullet2"
        return (
            p(words, properties=f"<w:pStyle w:val='{style}'/>")
            if words
            else f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr></w:p>"
        )

    found = article(
        wrapped(point("", 0) + point("foo", 1) + point("bar", 1) + point("", 0) + p("It ends."))
    )
    (points, _) = found.introduction
    assert isinstance(points, ListBlock)
    ((inner,),) = [entry.blocks for entry in points.entries]
    assert isinstance(inner, ListBlock) and len(inner.entries) == 2


# ---------------------------------------------------------------- what stands beside the text


def test_a_text_box_is_read_whole_with_its_lists() -> None:
    box = f"<w:txbxContent>{p('Bring:')}{p('a pen', properties=POINT)}{p('some paper', properties=POINT)}</w:txbxContent>"
    body = p("It is so.", f"<w:r><w:pict>{box}</w:pict></w:r>") + p("It ends.")
    found = article(wrapped(body))
    assert [type(b) for b in found.introduction] == [Paragraph, Paragraph, ListBlock, Paragraph]


def test_comments_are_named() -> None:
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{p("Is this still true?")}</w:comment></w:comments>'
    body = p("It is so.", "<w:r><w:commentReference w:id='0'/></w:r>")
    content = related(wrapped(body), "comments", "comments.xml", comments.encode())
    assert "4 words in all: “Is this still true?”" in told(content, "comments")[0]


def test_drawn_letters_are_named() -> None:
    art = "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='Help is near'/></v:shape></w:pict></w:r>"
    assert "“Help is near”" in told(wrapped(p("It is so.", art)), "object-left-out")[0]


def test_properties_are_decoded_and_doubted() -> None:
    core = part_of(BASE, "docProps/core.xml").decode()
    core = core.replace("Jo Example", "Microsoft Office User").replace(
        "A Quiet Hour", "A Quiet_x000d_ Hour"
    )
    body = p("review: 2028-03-01") + p("author: Jo Example") + p("It is so, and it stays so.")
    found = article(with_body(repacked(BASE, {"docProps/core.xml": core.encode()}), body))
    assert found.title == "A Quiet Hour" and found.author == "Jo Example"
    nobody = with_body(
        repacked(BASE, {"docProps/core.xml": core.encode()}),
        p("review: 2028-03-01") + p("It is so."),
    )
    reading = READERS[".docx"](nobody, ORIGIN)
    assert [f.code for f in reading.findings if f.severity is Severity.ERROR] == ["no-author"]


# ---------------------------------------------------------------- damage


def damages() -> list[bytes]:
    """Cuts and flipped bytes in many places, most of them where the zip says what is where."""
    chance = random.Random(13)
    whole = wrapped(p("It is so."))
    cuts = [
        whole[:at] + whole[at + many :] for at in range(0, len(whole), 1201) for many in (1, 500)
    ]
    directory = whole.find(b"PK\x01\x02")
    for start in (0, directory):
        for _ in range(40):
            broken = bytearray(whole)
            for _ in range(chance.choice((1, 2, 4))):
                broken[chance.randrange(start, len(broken))] = chance.randrange(256)
            cuts.append(bytes(broken))
    return [whole[:40] + whole[540:], *cuts]


def test_a_damaged_file_is_said_to_be_damaged_wherever_it_is() -> None:
    codes = set()
    for content in damages():
        reading = READERS[".docx"](content, ORIGIN)
        assert reading.article or reading.findings
        codes |= {
            f.code for f in reading.findings if not reading.article and f.severity is Severity.ERROR
        }
    assert "word-damaged" in codes
    assert codes <= {
        "word-damaged",
        "word-locked",
        "not-word",
        "no-title",
        "no-author",
        "no-review",
        "no-published",
    }
