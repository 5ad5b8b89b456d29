"""The owner's marks for listeners: what is heard in a section's place, and who reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.document.article import (
    Article,
    Quote,
    article_blocks,
    article_sentences,
    walk_sections,
)
from leafcast.narration.footnotes import told_sentences
from leafcast.narration.heard import as_heard, as_printed
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Script
from leafcast.narration.script import write_script
from leafcast.practice.project import FOOTNOTES, Practice, Sound
from leafcast.readers import READERS
from leafcast.state.canonical import plain
from tests.test_marks import ABOVE, FRONT, article, read, sentences

PRACTICE = Practice("Jo", "https://example.org")


def script_of(told: Article, *voices: str, footnotes: str = "end") -> Script:
    practice = replace(PRACTICE, sound=Sound(footnotes=footnotes))
    parts = dict.fromkeys(voices, Lexicon())
    return write_script(told, practice, synthetic=True, lexicon=Lexicon(), parts=parts)


def heard(body: str, *voices: str, suffix: str = ".md") -> list[tuple[str, str]]:
    """What is said of an article, with the voice that says it; announcements in brackets."""
    script = script_of(article(read(body, suffix)), *voices)
    return [
        (u.voice, u.shown if u.sentence_id else f"({u.shown})")
        for passage in script.passages[1:] or script.passages
        for u in passage.utterances
    ]


def words(body: str, *voices: str) -> list[str]:
    """The same without the voices, as far as the closing."""
    told = [said for _, said in heard(body, *voices)]
    end = next(at for at, said in enumerate(told) if said.startswith("(You can reach"))
    return told[:end]


# ---------------------------------------------------------------- say

SAID = [
    ('say: "Rest helps. It does."\n', ["Rest helps.", "It does."]),
    ('say: "Rest helps.\n  It does."\n\n', ["Rest helps.", "It does."]),
    ("say: “Rest **helps**.”\n", ["Rest helps."]),
    ("Say: skip\n", ["(This section is not read aloud; it stands in the printed leaflet.)"]),
    ('SAY: "skip"\n', ["(This section is not read aloud; it stands in the printed leaflet.)"]),
]


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize(("lines", "said"), SAID)
def test_a_listener_hears_the_words_of_the_mark(lines: str, said: list[str], suffix: str) -> None:
    heading = "## What Helps" if suffix == ".md" else "What Helps"
    body = f"It begins.\n\n{heading}\n{lines}Sleep does, see page 3.\n"
    if suffix == ".txt":
        said = [each.replace("helps.", "**helps**.") if "**" in lines else each for each in said]
    assert read(body, suffix).findings == ()
    told = [each for _, each in heard(body, suffix=suffix)]
    assert told[: len(said) + 1] == ["What Helps", *said]
    assert sentences(body, suffix) == ["It begins.", "What Helps", "Sleep does, see page 3."]


def test_the_words_stand_in_the_place_of_everything_under_the_heading() -> None:
    body = '## One\nsay: "In short."\n\nA.\n\n### In\n\nB.\n\n## Two\n\nC.\n'
    assert words(body) == [
        "(Section 1 of 2.)",
        "One",
        "In short.",
        "(Section 2 of 2.)",
        "Two",
        "C.",
    ]


def test_a_part_that_is_skipped_is_told() -> None:
    told = words("## One\n\nA.\n\n### In\nsay: skip\n\nB.\n")
    assert told[-1] == "(This part is not read aloud; it stands in the printed leaflet.)"
    assert "B." not in told


@pytest.mark.parametrize("front", [True, False])
def test_the_introduction_may_be_heard_otherwise(front: bool) -> None:
    line = 'say: "Welcome, dear listener."\n'
    head = FRONT.replace("author:", f"{line}author:") if front else FRONT
    told = article(read("It begins.\n" if front else f"{line}\nIt begins.\n", front=head))
    shown = [u.shown for u in script_of(told).utterances if u.sentence_id]
    assert shown == ["Welcome, dear listener."]


def test_an_introduction_that_is_skipped_is_told() -> None:
    told = article(read("say: skip\n\nIt begins.\n\n## One\n\nA.\n"))
    shown = [u.shown for u in script_of(told).utterances]
    assert "The introduction is not read aloud; it stands in the printed leaflet." in shown
    assert "It begins." not in shown


def test_say_changes_no_id_in_print_and_leaflet_none_in_sound() -> None:
    bare = "It begins. Rest.\n\n## One\n\nRest.\n"
    said = bare.replace("One\n", 'One\nsay: "Rest. Rest."\n')
    both = bare.replace("One\n", 'One\nleaflet: "Rest."\nsay: "Rest. Rest."\n')
    told = [article(read(body)) for body in (bare, said, both)]
    ids = [[each.id for each in article_sentences(one)] for one in told]
    assert ids[0] == ids[1] == ids[2]
    assert plain(as_heard(told[1])) == plain(as_heard(told[2]))
    assert plain(as_printed(told[0])) == plain(as_printed(told[1]))
    assert plain(as_heard(told[0])) != plain(as_heard(told[1]))
    assert plain(as_printed(told[0])) != plain(as_printed(told[2]))


def test_ids_of_what_is_heard_are_given_once() -> None:
    front = FRONT.replace("author:", 'say: "Rest a little now."\nauthor:')
    body = (
        'A.\n\n## One\nsay: "Rest a little now."\n\nB.\n\n## Two\nsay: "Rest a little now."\n\nC.\n'
    )
    told = article(read(body, front=front))
    ids = [u.sentence_id for u in script_of(told).utterances if u.sentence_id]
    assert len(ids) == 5
    assert len(set(ids)) == 5
    assert not {i for i in ids if i} & {s.id for s in article_sentences(told) if s.text in "ABC."}


NOTED = "A.[^a]\n\n## One\n{}\nB.[^b]\n\n## Two\n\nC.\n\n[^a]: First note.\n[^b]: Second note.\n"


@pytest.mark.parametrize("footnotes", FOOTNOTES)
@pytest.mark.parametrize("line", ["", "say: skip\n", 'say: "Other words."\n'])
def test_cues_are_what_the_check_expects(footnotes: str, line: str) -> None:
    told = article(read(NOTED.format(line)))
    cues = [u.sentence_id for u in script_of(told, footnotes=footnotes).utterances if u.sentence_id]
    assert cues == [sentence.id for sentence in told_sentences(told, footnotes)]


def test_a_note_that_only_a_skipped_section_calls_is_not_heard() -> None:
    said = [u.shown for u in script_of(article(read(NOTED.format("say: skip\n")))).utterances]
    assert "First note." in said
    assert "Second note." not in said
    assert "The article has a note." in said


# ---------------------------------------------------------------- voice


def test_a_section_and_a_quotation_are_read_by_their_voices() -> None:
    body = (
        "## One\nvoice: george\n\nA.\n\n> voice: alice\n> B.\n\n- C.\n\n### In\n\nD.\n\n"
        "## Two\n\nE.\n\n> F.\n"
    )
    assert heard(body, "george", "alice")[:12] == [
        ("", "(Section 1 of 2.)"),
        ("", "One"),
        ("george", "A."),
        ("", "(A quotation.)"),
        ("alice", "B."),
        ("", "(End of the quotation.)"),
        ("george", "C."),
        ("", "(Within “One”.)"),
        ("", "In"),
        ("george", "D."),
        ("", "(Section 2 of 2.)"),
        ("", "Two"),
    ]


def test_a_voice_that_is_not_cast_leaves_the_words_to_the_usual_one() -> None:
    assert ("", "A.") in heard("## One\nvoice: nobody\n\nA.\n")
    assert ("george", "B.") in heard('## One\nvoice: george\nsay: "B."\n\nA.\n', "george")


def test_notes_in_place_are_the_articles_own() -> None:
    told = article(read("## One\nvoice: george\n\nA.[^a]\n\nB.\n\n[^a]: Note.\n"))
    script = script_of(told, "george", footnotes="in place")
    voices = {u.shown: u.voice for u in script.utterances if u.sentence_id}
    assert voices == {"One": "", "A.": "george", "Note.": "", "B.": "george"}


def test_a_voice_has_its_own_lexicon() -> None:
    told = article(read("## One\n\nKlein.\n\n> voice: george\n> Klein.\n"))
    parts = {"george": Lexicon(words=(("Klein", "Kline"),))}
    script = write_script(told, PRACTICE, synthetic=True, lexicon=Lexicon(), parts=parts)
    assert [u.spoken for u in script.utterances if u.shown == "Klein."] == ["Klein.", "Kline."]


def test_the_mark_of_a_quotation_is_taken_out_wherever_it_stands() -> None:
    body = "A.\n\n- x\n\n  > > voice: bob\n  > > deep\n\n1. > voice: amy\n   > words\n"
    reading = read(body)
    assert reading.findings == ()
    quotes = [block for block in article_blocks(article(reading)) if isinstance(block, Quote)]
    assert [quote.voice and quote.voice.name for quote in quotes] == [None, "bob", "amy"]
    assert sentences(body) == ["A.", "x", "deep", "words"]


def test_the_front_matter_names_who_reads_the_whole() -> None:
    reading = read("A.\n", front=FRONT.replace("author:", "voice: george\nauthor:"))
    told = article(reading)
    assert (reading.findings, told.narrator and told.narrator.name) == ((), "george")
    assert told.narrator
    assert told.narrator.place.line == 3


# ---------------------------------------------------------------- slips

SLIPS = [
    ("say-mark-misspelt", "## One\nsays: skip\n\nA.\n", 2),
    ("say-mark-misspelt", "## One\nsay = skip\n\nA.\n", 2),
    ("say-mark-misspelt", '## One\nsays: "Go."\n\nA.\n', 2),
    ("say-mark-unknown", "## One\nsay: skp\n\nA.\n", 2),
    ("say-mark-unknown", "## One\nsay: I am here for you.\n\nA.\n", 2),
    ("say-mark-unknown", "## One\nsay:\n\nA.\n", 2),
    ("say-mark-open", '## One\nsay: "Go on\n\nA.\n', 2),
    ("say-mark-twice", "## One\nsay: skip\nsay: skip\n\nA.\n", 3),
    ("say-mark-misplaced", "## One\n\nA.\n\nsay: skip\n", 5),
    ("say-mark-misplaced", '## One\n\nA.\n\nsay: "Go."\n', 5),
    ("say-mark-inside", "## One\nsay: skip\n\nA.\n\n### In\nsay: skip\n\nB.\n", 7),
    ("voice-mark-inside", "## One\nsay: skip\n\nA.\n\n### In\nvoice: bob\n\nB.\n", 7),
    ("voice-mark-misspelt", "## One\nvoices: bob\n\nA.\n", 2),
    ("voice-mark-misspelt", "## One\n\nA.\n\n> vocie: bob\n> B.\n", 5),
    ("voice-mark-unknown", "## One\nvoice: the sound of it\n\nA.\n", 2),
    ("voice-mark-unknown", "## One\n\nA.\n\n> voice: the sound of it\n> B.\n", 5),
    ("voice-mark-misplaced", "## One\n\nA.\n\nvoice: bob\n", 5),
    ("voice-mark-misplaced", "## One\n\n> A.\n> voice: bob\n", 4),
    ("voice-mark-twice", "## One\nvoice: bob\nvoice: amy\n\nA.\n", 3),
]


@pytest.mark.parametrize(("code", "body", "line"), SLIPS)
def test_a_slip_has_a_finding_and_loses_no_text(code: str, body: str, line: int) -> None:
    (finding,) = read(body).findings
    assert (finding.code, finding.place and finding.place.line) == (code, line + ABOVE)
    assert finding.fix
    assert any(words.startswith("A.") for words in sentences(body))


NO_MARKS = [
    "## Say what you feel\n\nSay it aloud.\n",
    "## One\nSay something.\n",
    "## One\n\nShe said: I go.\n",
    "## Voice: soprano\n\nA.\n",
    "## One\n\n> Voice is what we hear.\n",
    "## One\n\nYour voice: it matters.\n",
    "## One\nChoice: you decide.\n",
    "## One\n\n```\nvoice: bob\n```\n",
]


@pytest.mark.parametrize("body", NO_MARKS)
def test_what_only_looks_like_a_mark_is_text(body: str) -> None:
    reading = read(body)
    assert reading.findings == ()
    told = article(reading)
    assert not any(section.say or section.voice for section in walk_sections(told.sections))


LINES = st.lists(
    st.sampled_from(
        ["say: skip", 'say: "Go', 'on."', "voice: bob", "> voice: bob", "> words", "leaflet: keep", "## One", "### In", "Rest.", "", "- a", "---"]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES, st.sampled_from([".md", ".txt"]), st.sampled_from(FOOTNOTES))
@settings(deadline=None)
def test_whatever_is_marked_the_script_is_what_is_told(
    lines: list[str], suffix: str, footnotes: str
) -> None:
    told = read("\n".join(lines), suffix).article
    if told:
        script = script_of(told, "bob", footnotes=footnotes)
        cues = [u.sentence_id for u in script.utterances if u.sentence_id]
        assert cues == [sentence.id for sentence in told_sentences(told, footnotes)]
        assert len(cues) == len(set(cues))
        assert {u.voice for u in script.utterances} <= {"", "bob"}
        assert plain(as_printed(as_printed(told))) == plain(as_printed(told))


def test_every_reader_knows_the_same_marks() -> None:
    body = 'It begins.\n\n## What Helps\nsay: "It is rest."\nvoice: bob\n\nRest does.\n'
    one, other = article(read(body)), article(read(body.replace("## ", ""), ".txt"))
    assert plain(replace(one, source="")) == plain(replace(other, source=""))
    assert set(READERS) >= {".md", ".txt"}
    assert Path(one.source).suffix == ".md"
