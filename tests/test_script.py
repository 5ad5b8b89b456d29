"""What is said, announced and paused."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from leafcast.document.article import Article, article_sentences
from leafcast.document.errors import SettingsError
from leafcast.locale.language import ENGLISH
from leafcast.narration.announcements import Announcements
from leafcast.narration.footnotes import told_sentences
from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Pause, Script, Utterance, VoiceSpec
from leafcast.narration.pace import SLOWER, at_pace, paced
from leafcast.narration.phonemes import words_said
from leafcast.narration.script import PAUSES_MS, write_script
from leafcast.narration.timing import part_seconds, passage_lines, passage_starts
from leafcast.narration.transcript import captions
from leafcast.narration.voices import engine_of
from leafcast.practice.project import FOOTNOTES, Contact, Practice, Sound, load_project
from leafcast.readers import read_article
from tests.conftest import ARTICLE, PRACTICE, ROOT
from tests.narrations import narrated

TORTURE = ROOT / "tests/cases/articles/torture.md"
LISTENER = ROOT / "tests/cases/articles/listener.md"


def script_of(path: Path, practice: Practice, *, synthetic: bool = True) -> Script:
    article = read_article(path, path.parent).article
    assert article
    return write_script(article, practice, synthetic=synthetic, lexicon=Lexicon())


@pytest.fixture(scope="module")
def sarah() -> Practice:
    return load_project(ROOT).practice


@pytest.fixture(scope="module")
def script(sarah: Practice) -> Script:
    return script_of(ARTICLE, sarah)


def said(script: Script) -> list[str]:
    return [each.spoken for each in script.utterances]


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=["the article", "the torture article"])
def test_every_sentence_is_said_once_in_reading_order(path: Path, sarah: Practice) -> None:
    article = read_article(path, path.parent).article
    assert article
    spoken = [u.sentence_id for u in script_of(path, sarah).utterances if u.sentence_id]
    assert spoken == [sentence.id for sentence in article_sentences(article)]


def test_ids_of_utterances_are_their_own(script: Script) -> None:
    ids = [each.id for each in script.utterances]
    assert len(ids) == len(set(ids))


def test_there_is_a_passage_for_the_introduction_and_for_each_section(script: Script) -> None:
    assert [passage.number for passage in script.passages] == list(range(1, 11))
    assert script.passages[0].id == "introduction"
    assert script.passages[1].title == "What Do We Mean by “The Therapeutic Relationship”?"


def test_the_opening_says_what_this_is_and_that_no_person_reads(script: Script) -> None:
    first = next(each for each in script.utterances if each.sentence_id)
    assert said(script)[:4] == [
        "What Is the Therapeutic Relationship?",
        "By Sarah James, therapist and counsellor.",
        "Spoken by a synthetic voice.",
        first.spoken,
    ]


def test_the_articles_first_word_is_heard_within_ten_seconds(sarah: Practice) -> None:
    """At 145 words a minute, the pauses as they are."""
    for path in (ARTICLE, TORTURE):
        parts = script_of(path, sarah).passages[0].parts
        first = next(at for at, p in enumerate(parts) if isinstance(p, Utterance) and p.sentence_id)
        assert sum(part_seconds(part, 145) for part in parts[:first]) < 10


def test_a_person_is_not_called_synthetic(sarah: Practice) -> None:
    assert not any(
        "synthetic" in words for words in said(script_of(ARTICLE, sarah, synthetic=False))
    )


def test_sections_are_announced(script: Script) -> None:
    assert script.passages[3].utterances[0].spoken == "Section three of nine."


def test_the_closing_says_the_address_twice_and_every_crisis_line(script: Script) -> None:
    words = " ".join(said(script))
    assert words.count("sarahjamestherapy dot co dot uk") == 2
    for number in ("nine nine nine", "one one one", "one one six, one two three"):
        assert number in words


def test_pauses_come_from_the_table_and_never_two_in_a_row(script: Script) -> None:
    for passage in script.passages:
        assert isinstance(passage.parts[-1], Pause)
        for before, after in zip(passage.parts, passage.parts[1:], strict=False):
            assert not (isinstance(before, Pause) and isinstance(after, Pause))
            if isinstance(after, Pause):
                assert after.ms == PAUSES_MS[after.reason]


def test_a_heading_is_followed_by_a_longer_pause_than_a_sentence(script: Script) -> None:
    parts = script.passages[1].parts
    heading = next(i for i, p in enumerate(parts) if isinstance(p, Utterance) and p.sentence_id)
    assert parts[heading + 1] == Pause(PAUSES_MS["after a heading"], "after a heading")
    assert PAUSES_MS["after a heading"] > PAUSES_MS["sentence"]


def test_lists_tables_quotes_pictures_and_notes_are_said(sarah: Practice) -> None:
    words = "\n".join(said(script_of(TORTURE, sarah)))
    for said_so in (
        "A quotation.", "End of the quotation.", "A table of three columns and three rows.",
        "A picture: Two armchairs that face each other", "one.\nYou sit down.", "three.\nYou stand up.",
        "Note one.",
    ):  # fmt: skip
        assert said_so in words, said_so


def test_announcements_can_be_switched_off(sarah: Practice) -> None:
    quiet = replace(sarah, sound=replace(sarah.sound, announce_sections=False))
    assert not any(words.startswith("Section ") for words in said(script_of(ARTICLE, quiet)))


# ---------------------------------------------------------------- a listener knows where they are


def torture(practice: Practice, **sound: object) -> list[str]:
    changed = replace(practice, sound=replace(practice.sound, **sound))  # type: ignore[arg-type]
    return said(script_of(TORTURE, changed))


def between(words: list[str], first: str, last: str) -> list[str]:
    return words[words.index(first) : words.index(last) + 1]


def test_what_the_article_is_about_is_said_at_the_end(script: Script) -> None:
    *_, that_was, subtitle, summary = said(script)
    assert that_was.startswith("That was: What Is the Therapeutic Relationship")
    assert subtitle == "A beginner’s guide to psychodynamic therapy."
    assert summary.startswith("In short: What the therapeutic relationship is, why it matters")


def test_inner_lists_are_counted_and_the_way_back_is_told(sarah: Practice) -> None:
    assert between(torture(sarah), "There are three points:", "End of the list.") == [
        "There are three points:",
        "a worry, which may be small.",
        "a question:",
        "Within this, two points.",
        "about yourself.",
        "about us, such as:",
        "Within this, two points.",
        "when we meet.",
        "how we end.",
        "Back in the main list, point three of three.",
        "nothing at all.",
        "End of the list.",
    ]


def test_a_numbered_list_that_goes_on_says_so(sarah: Practice) -> None:
    words = torture(sarah)
    assert "There are two points, in order:" in words
    assert "The list goes on with points three and four." in words


def test_lists_can_be_left_unannounced(sarah: Practice) -> None:
    quiet = torture(sarah, announce_lists=False)
    assert not any("point" in words or "End of the list" in words for words in quiet)
    assert "one." in quiet


def test_a_section_within_a_section_names_the_one_around_it(sarah: Practice) -> None:
    words = torture(sarah)
    assert words[words.index("A section inside.") - 1] == "Within “Levels”."
    assert words[words.index("And one inside that.") - 1] == "Within “A section inside”."


def test_every_cell_follows_the_name_of_its_column(sarah: Practice) -> None:
    row = between(torture(sarah), "Row three.", "End of the table.")
    assert row == [
        "Row three.", "Approach:", "C B T and others.", "Sessions:",
        "six to twelve.", "Cost:", "fifty to seventy pounds.", "End of the table.",
    ]  # fmt: skip


def test_the_end_of_the_sections_is_told_before_the_byline(sarah: Practice) -> None:
    words = torture(sarah)
    assert words[words.index("Jo Example, counsellor.") - 1] == "That was the last section."


def test_the_owner_words_the_announcement(sarah: Practice) -> None:
    words = torture(sarah, announcement="Chapter {number}: {title}")
    assert "Chapter two: Levels." in words


def test_the_closing_says_contact_twice_the_number_in_breaths_and_the_dates(
    sarah: Practice,
) -> None:
    contact = Contact(
        phone="07700 900123", email="jo@example.org", address="1 High St, Leeds, LS1 4AB"
    )
    script = script_of(ARTICLE, replace(sarah, contact=contact))
    words = said(script)
    assert between(words, "The number once more, slowly:", "nine oh oh one two three.") == [
        "The number once more, slowly:",
        "oh seven seven oh oh,",
        "nine oh oh one two three.",
    ]
    for twice in (
        "oh seven seven oh oh,",
        "jo at example dot org",
        "one High Street, Leeds, L S one, four A B",
    ):
        assert sum(twice in each for each in words) == 2, twice
    assert words[-4] == (
        "This was published on the twenty-fourth of November twenty twenty-six, "
        "and will be reviewed by the twenty-fourth of November twenty twenty-nine."
    )


# ---------------------------------------------------------------- where a listener could get lost


@pytest.fixture(scope="module")
def listened(sarah: Practice) -> list[str]:
    return said(script_of(LISTENER, sarah))


def test_where_a_listener_could_get_lost_every_sentence_is_said_once(sarah: Practice) -> None:
    article = read_article(LISTENER, LISTENER.parent).article
    assert article
    spoken = [u.sentence_id for u in script_of(LISTENER, sarah).utterances if u.sentence_id]
    assert spoken == [sentence.id for sentence in article_sentences(article)]


def test_a_heading_with_nothing_under_it_says_so(listened: list[str]) -> None:
    at = listened.index("Nothing.")
    assert listened[at - 1 : at + 2] == [
        "Section two of six.",
        "Nothing.",
        "Nothing stands here yet.",
    ]
    assert listened.count("Nothing stands here yet.") == 1


def test_each_level_of_headings_names_the_one_around_it(listened: list[str]) -> None:
    assert between(listened, "Only sections inside.", "Second inside.") == [
        "Only sections inside.",
        "Within “Only sections inside”, part one of two.",
        "First inside.",
        "Within “First inside”.",
        "Third level.",
        "Within “Third level”.",
        "Fourth level.",
        "Deep words.",
        "Within “Only sections inside”, part two of two.",
        "Second inside.",
    ]


def test_points_of_several_paragraphs_are_numbered(listened: list[str]) -> None:
    assert between(listened, "There are four points:", "Point four.") == [
        "There are four points:",
        "Point one.",
        "one.",
        "A quotation.",
        "A quotation in a list.",
        "Within this, one point.",
        "with a list in it.",
        "Within it, another quotation.",
        "and a quotation in the quotation.",
        "End of the inner quotation.",
        "End of the quotation.",
        "Point two.",
        "two.",
        "code in a list and more.",
        "indented code of two lines.",
        "Point three.",
        "three.",
        "A table of two columns and one row.",
        "The columns are:",
        "A.",
        "B.",
        "Row one.",
        "A:",
        "one.",
        "B:",
        "two.",
        "End of the table.",
        "Point four.",
    ]
    assert listened[listened.index("Point four.") + 2] == "End of the list."


def test_a_numbered_list_says_its_own_number_after_an_inner_one(listened: list[str]) -> None:
    at = listened.index("Back in the main list.")
    assert listened[at + 1 : at + 3] == ["twelve.", "twelve."]


def test_what_follows_an_inner_list_is_still_its_point(tmp_path: Path, sarah: Practice) -> None:
    head = LISTENER.read_text("utf-8").split("\n\n")[0]
    path = tmp_path / "source/points.md"
    path.parent.mkdir()
    body = (
        "- one\n  - inner\n  - other\n\n  more of one\n- two\n\n3. three\n   - inner\n\n   more\n"
    )
    path.write_text(f"{head}\n\n{body}", "utf-8")
    words = said(script_of(path, sarah))
    assert words[words.index("more of one.") - 1] == "Back in point one."
    assert words[words.index("more.") - 1] == "Back in point three."


def test_a_caption_code_and_the_end_of_notes_are_told(listened: list[str]) -> None:
    assert listened[listened.index("The room where we meet.") - 1] == "Its caption:"
    assert listened[listened.index("def f(x): return x.") - 1] == "As it is typed:"
    assert listened.count("End of the notes.") == 1
    assert listened[listened.index("End of the notes.") - 1] == "y."


# ---------------------------------------------------------------- notes


def an_article() -> Article:
    article = read_article(TORTURE, TORTURE.parent).article
    assert article
    return article


@pytest.mark.parametrize("footnotes", FOOTNOTES)
def test_notes_are_heard_where_the_owner_wants_them(sarah: Practice, footnotes: str) -> None:
    """Whatever she chooses, cues follow the order of `told_sentences`, which the check holds them to."""
    practice = replace(sarah, sound=replace(sarah.sound, footnotes=footnotes))
    heard = [u.sentence_id for u in script_of(TORTURE, practice).utterances if u.sentence_id]
    assert heard == [sentence.id for sentence in told_sentences(an_article(), footnotes)]


def test_notes_at_the_end_say_where_they_belong(sarah: Practice) -> None:
    words = torture(sarah)
    assert words[words.index("Note two.") + 1] == "It belongs to “What it costs”."
    assert words[words.index("Note one.") + 1] == "It belongs to the introduction."


def test_notes_in_place_follow_the_sentence_that_calls_them(sarah: Practice) -> None:
    words = torture(sarah, footnotes="in place")
    at = words.index("That is all.")
    assert words[at : at + 5] == [
        "That is all.", "A note:", "The second note.", "It has two sentences.", "End of the note.",
    ]  # fmt: skip


def test_notes_that_are_skipped_are_not_passed_over_in_silence(sarah: Practice) -> None:
    words = torture(sarah, footnotes="skipped")
    assert "The first note, with a link." not in words
    assert "The article has two notes, which stand in the printed leaflet." in words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('footnotes = "middle"', "in place"),
        ('announcement = "Section {nmber}"', "{number}"),
        ('announcement = "Section {"', "{number}"),
    ],
)
def test_a_slip_in_these_settings_is_named(practice: Path, line: str, words: str) -> None:
    (practice / "source/practice.toml").write_text(f"{PRACTICE}{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as slip:
        load_project(practice)
    assert slip.value.line == 15
    assert words in slip.value.hint


# ---------------------------------------------------------------- times


def rate_of(voice: VoiceSpec) -> float:
    return engine_of(voice).rate(voice)


def test_times_add_up_and_follow_the_voice() -> None:
    assert rate_of(VoiceSpec("k", "kokoro", (("speed", 0.5),))) == pytest.approx(177 / 1.74)
    assert rate_of(VoiceSpec("s", "system", (("words_per_minute", 120),))) == 120
    assert rate_of(VoiceSpec("m", "my.engine")) == 150


def test_the_article_lasts_about_as_long_as_it_was_measured(script: Script) -> None:
    """Kokoro needed 374 s for the words of its first script, pauses apart."""
    (*starts, end) = passage_starts(script, 177)
    assert starts == sorted(starts)
    assert 374 + 60 < end < 374 + 120


def test_the_slower_pace_has_about_120_words_a_minute(sarah: Practice) -> None:
    article = read_article(ARTICLE, ARTICLE.parent).article
    assert article
    rate = rate_of(at_pace(VoiceSpec("k", "kokoro"), SLOWER))
    told = write_script(article, sarah, synthetic=True, lexicon=Lexicon())
    *_, lasts = passage_starts(paced(told, SLOWER), rate)
    words = sum(len(words_said(each.spoken).split()) for each in told.utterances)
    assert 110 < words / lasts * 60 < 130


def test_the_lines_to_read_are_the_whole_script(script: Script) -> None:
    starts = passage_starts(script, 150)
    lines = [
        line
        for passage, start in zip(script.passages, starts, strict=False)
        for line in passage_lines(passage, start, 150)
    ]
    assert [line.said for line in lines] == said(script)
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    assert all(line.pause for line in lines)


def test_what_is_announced_by_default_is_in_the_language(sarah: Practice) -> None:
    assert Announcements(ENGLISH).section(sarah, "A", (2, 9)) == "Section 2 of 9."
    hers = replace(sarah, sound=Sound(announcement="{title}, {number}."))
    assert Announcements(ENGLISH).section(hers, "A", (2, 9)) == "A, 2."


def test_a_name_with_braces_or_a_number_that_is_none_does_no_harm(sarah: Practice) -> None:
    odd = replace(sarah, name="{Jo}", contact=Contact(phone="—"))
    assert any("{" not in words and "Jo" in words for words in said(script_of(ARTICLE, odd)))


# ---------------------------------------------------------------- captions


def test_captions_hold_all_that_is_said_in_order(sarah: Practice) -> None:
    """A number dictated in breaths is one caption, two announcements alike are two."""
    contact = Contact(phone="07700 900123")
    article = read_article(TORTURE, TORTURE.parent).article
    assert article
    narration = narrated(article, replace(sarah, contact=contact))
    told = captions(narration)
    assert [each.start for each in told] == sorted(each.start for each in told)
    assert all(one.end <= other.start for one, other in pairwise(told))
    assert [each.id for each in told if not each.announced] == [
        cue.sentence_id for cue in narration.cues
    ]
    shown = [each.shown for each in told]
    assert shown[:2] == [
        "[Everything at Once: Lists, Tables & “Quotes”]",
        "[By Jo Example.]",
    ]
    assert shown.count("[07700 900123]") == 1
    assert sum(each.startswith("[There are ") for each in shown) == 2
    for line in sarah.crisis:
        assert f"[{line.name}. {line.how}.]" in shown
