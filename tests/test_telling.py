"""Who tells an article, what is remade for which mark, and what bad input does to a build."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from leafcast.build import pipeline
from leafcast.checks.transcript import read_cues
from leafcast.commands.excerpts import Preview, preview
from leafcast.document.errors import UsageError
from leafcast.document.report import Report, Severity
from leafcast.narration import voice_pool
from leafcast.narration.casting import cast_article, ready_voices
from leafcast.narration.excerpt import choose_passages
from leafcast.narration.model import Passage, Script, Utterance
from leafcast.narration.pace import SLOWER, USUAL
from leafcast.practice.project import load_project
from tests.test_cli import leafcast
from tests.test_pipeline import Notes, edit, everything, run

SOUND = {"sections", "episode"}
MADE = ("a4", "sections", "episode")

VOICES = """\
[voices.low]
engine = "tone"
speed = 0.9

[voices.away]
engine = "tests.engines"
lacks = true

[voices.faulty]
engine = "tests.engines"
faults = "crash hang"

[voices.mute]
engine = "tests.engines"
always = "fail"

[voices.shut]
engine = "tests.engines"
unavailable = true
"""


@pytest.fixture
def cast_practice(practice: Path) -> Path:
    """A practice with voices of every kind."""
    (practice / "audio").mkdir()
    (practice / "audio/voices.toml").write_text(VOICES, encoding="utf-8")
    return practice


def cues(practice: Path) -> list[str]:
    vtt = (practice / "dist/quiet-hour/quiet-hour.vtt").read_text("utf-8")
    return [words for _, _, words in read_cues(vtt)]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.severity != Severity.ADVICE]


# ---------------------------------------------------------------- what is made again


def test_each_mark_remakes_what_heeds_it_and_nothing_else(cast_practice: Path) -> None:
    run(cast_practice, editions=MADE)
    edit(cast_practice, "## What happens\n", '## What happens\nsay: "You talk."\n')
    notes = Notes()
    outcome = run(cast_practice, notes, editions=MADE)
    assert set(notes.reasons) == SOUND
    assert notes.voiced == ["You talk."]
    assert outcome.report.exit_code == 0
    assert cues(cast_practice)[2:4] == ["What happens", "You talk."]
    assert "You sit down." not in cues(cast_practice)

    edit(cast_practice, "## What happens\n", "## What happens\nleaflet: keep\n")
    notes = Notes()
    run(cast_practice, notes, editions=MADE)
    assert set(notes.reasons) == {"a4"}
    assert not any(made.new for made in run(cast_practice, editions=MADE).made)

    edit(cast_practice, "## What comes after\n", "## What comes after\nvoice: low\n")
    notes = Notes()
    run(cast_practice, notes, editions=MADE)
    assert set(notes.reasons) == SOUND
    assert sorted(notes.voiced) == ["Nothing has to be decided.", "You go home."]


def test_a_section_that_is_skipped_leaves_the_transcript_true(cast_practice: Path) -> None:
    edit(cast_practice, "## What happens\n", "## What happens\nsay: skip\n")
    outcome = run(cast_practice, editions=("episode", "sections"))
    assert codes(outcome.report) == []
    assert cues(cast_practice)[2:4] == ["What happens", "What comes after"]


# ---------------------------------------------------------------- who is cast


def cast_of(practice: Path, voice: str = "") -> tuple[list[str], list[tuple[str, int | None]]]:
    project, report = load_project(practice), Report()
    told = pipeline.read_articles(project, report)["quiet-hour"]
    assert told
    cast, findings = cast_article(project, told, voice, USUAL)
    return [each.name for each in cast.voices], [
        (f.code, f.place.line if f.place else None) for f in findings
    ]


def test_marks_and_front_matter_cast_an_article(cast_practice: Path) -> None:
    assert cast_of(cast_practice) == (["tone"], [])
    edit(cast_practice, "## What happens\n", "## What happens\nvoice: low\n")
    assert cast_of(cast_practice) == (["tone", "low"], [])
    edit(cast_practice, "author:", "voice: low\nauthor:")
    assert cast_of(cast_practice) == (["low"], [])
    assert cast_of(cast_practice, "tone") == (["tone", "low"], [])
    with pytest.raises(UsageError, match="kokorro"):
        cast_of(cast_practice, "kokorro")


def test_parts_keep_the_pace(cast_practice: Path) -> None:
    edit(cast_practice, "## What happens\n", "## What happens\nvoice: low\n")
    project = load_project(cast_practice)
    told = pipeline.read_articles(project, Report())["quiet-hour"]
    assert told
    cast, _ = cast_article(project, told, "", SLOWER)
    assert [each.setting("speed", 1.0) for each in cast.voices] == [
        SLOWER.speed,
        pytest.approx(0.9 * SLOWER.speed),
    ]


@pytest.mark.parametrize(
    ("name", "code", "fix"), [("lwo", "no-such-voice", "low"), ("away", "voice-not-here", "voices")]
)
def test_a_voice_that_cannot_be_had_is_named_and_another_reads(
    cast_practice: Path, name: str, code: str, fix: str
) -> None:
    edit(cast_practice, "## What happens\n", f"## What happens\nvoice: {name}\n")
    outcome = run(cast_practice, editions=MADE)
    (finding,) = (f for f in outcome.report.findings if f.code == code)
    assert (finding.severity, finding.place and finding.place.line) == (Severity.WARNING, 12)
    assert fix in finding.fix
    assert name in finding.message
    assert {made.edition for made in outcome.made} == set(MADE)
    assert outcome.report.exit_code == 0
    assert "You sit down." in cues(cast_practice)
    assert not any(made.new for made in run(cast_practice, editions=MADE).made)


def test_a_narrator_that_cannot_be_had_leaves_it_to_the_usual_voice(cast_practice: Path) -> None:
    edit(cast_practice, "author:", "voice: away\nauthor:")
    assert cast_of(cast_practice) == (["tone"], [("voice-not-here", 3)])


def test_a_voice_in_what_nobody_hears_is_not_asked_for(cast_practice: Path) -> None:
    edit(cast_practice, "## What happens\n", "## What happens\nsay: skip\n\n> voice: lwo\n> A.\n")
    assert cast_of(cast_practice) == (["tone"], [])


# ---------------------------------------------------------------- bad input for voices


def test_no_voice_here_names_those_that_are_and_the_leaflets_are_made(cast_practice: Path) -> None:
    outcome = run(cast_practice, editions=MADE, voice="away")
    (finding,) = (f for f in outcome.report.findings if f.code == "narration-not-made")
    assert "a microphone" in finding.message
    assert "tone" in finding.fix
    assert "low" in finding.fix
    assert "away" not in finding.fix
    assert [made.edition for made in outcome.made] == ["a4"]
    assert outcome.report.exit_code == 1


def test_a_voice_that_will_not_open_keeps_what_was_published(cast_practice: Path) -> None:
    run(cast_practice, editions=MADE)
    before = everything(cast_practice / "dist")
    outcome = run(cast_practice, editions=MADE, voice="shut")
    assert codes(outcome.report) == ["narration-not-made"]
    assert "licence" in outcome.report.findings[-1].message
    assert everything(cast_practice / "dist") == before


def test_a_part_that_cannot_be_said_is_named_and_the_leaflets_are_made(
    cast_practice: Path,
) -> None:
    edit(cast_practice, "## What comes after\n", "## What comes after\nvoice: mute\n")
    outcome = run(cast_practice, editions=MADE)
    named = [f.message for f in outcome.report.findings if f.code == "sentence-not-voiced"]
    assert len(named) == 2
    assert all("“mute”" in message for message in named)
    assert [made.edition for made in outcome.made] == ["a4"]
    edit(cast_practice, "voice: mute\n", "")
    notes = Notes()
    run(cast_practice, notes, editions=MADE)
    assert sorted(notes.voiced) == [
        "Nothing has to be decided.",
        "You go home.",
    ]  # the rest is kept


def test_a_voice_that_crashes_midway_loses_no_other_sentence(cast_practice: Path) -> None:
    edit(cast_practice, "You go home.", "You will crash it.")
    outcome = run(cast_practice, editions=MADE, voice="faulty")
    (finding,) = (f for f in outcome.report.findings if f.code == "sentence-not-voiced")
    assert "its engine crashed" in finding.message
    edit(cast_practice, "You will crash it.", "You go home.")
    notes = Notes()
    run(cast_practice, notes, editions=MADE, voice="faulty")
    assert notes.voiced == ["You go home."]


def test_a_voice_that_hangs_is_given_up(
    cast_practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def patience(said: Utterance) -> float:
        return 1.5 if "hang" in said.spoken else 60.0

    monkeypatch.setattr(voice_pool, "VoicePool", partial(voice_pool.VoicePool, patience=patience))
    edit(cast_practice, "You go home.", "You may hang here.")
    outcome = run(cast_practice, editions=MADE, voice="faulty")
    (finding,) = (f for f in outcome.report.findings if f.code == "sentence-not-voiced")
    assert "did not answer in time" in finding.message
    assert [made.edition for made in outcome.made] == ["a4"]


SYMBOLS = "† • ¶"
ENDLESS = "word " * 600 + "end"


@pytest.mark.parametrize("sentence", [SYMBOLS, f"{ENDLESS}.", "x" * 3_000])
def test_a_sentence_no_voice_expects_is_told_or_passed_over(
    cast_practice: Path, sentence: str
) -> None:
    edit(cast_practice, "You go home.", f"\n\n{sentence}\n\nYou go home.")
    outcome = run(cast_practice, editions=("sections", "episode"))
    assert not [f for f in outcome.report.findings if f.severity == Severity.ERROR]
    assert {made.edition for made in outcome.made} == SOUND
    shown = " ".join(cues(cast_practice))
    assert re.sub(r"\s+|\*", "", sentence) in re.sub(r"\s+|\*", "", shown)


def test_ready_voices_are_those_of_this_machine(cast_practice: Path) -> None:
    ready = ready_voices(load_project(cast_practice))
    assert {"tone", "low", "faulty"} <= set(ready)
    assert "away" not in ready
    assert ready[-1] in {"tone", "low"}  # what says no words is named last


# ---------------------------------------------------------------- a preview


def previewed(practice: Path, **wanted: object) -> tuple[tuple[Preview, ...], Report]:
    report = Report()
    request = pipeline.Request(**{"jobs": 1, **wanted})  # type: ignore[arg-type]
    return preview(load_project(practice), request, Notes(), report), report


def test_a_preview_is_one_section_and_dist_stays(cast_practice: Path) -> None:
    run(cast_practice, editions=("sections",))
    before = everything(cast_practice / "dist")
    masters = everything(cast_practice / "audio/quiet-hour")
    (made,), report = previewed(cast_practice, only=("what-h",), voice="low")
    assert [path.relative_to(cast_practice).as_posix() for path in made.files] == [
        "audio/quiet-hour/preview/02-what-happens.wav",
        "audio/quiet-hour/preview/02-what-happens.mp3",
    ]
    assert all(path.stat().st_size > 10_000 for path in made.files)
    assert (made.title, report.findings) == ("What happens", [])
    assert made.seconds > 5
    assert everything(cast_practice / "dist") == before
    after = everything(cast_practice / "audio/quiet-hour")
    assert {name: each for name, each in after.items() if "preview" not in name} == masters


def test_a_preview_replaces_the_one_before_and_clean_takes_it(cast_practice: Path) -> None:
    previewed(cast_practice, only=("2",))
    previewed(cast_practice, only=("intro", "3"))
    folder = cast_practice / "audio/quiet-hour/preview"
    assert sorted(path.name for path in folder.iterdir()) == [
        "01-introduction.mp3", "01-introduction.wav",
        "03-what-comes-after.mp3", "03-what-comes-after.wav",
    ]  # fmt: skip
    pipeline.clean_project(load_project(cast_practice))
    assert list(folder.iterdir()) == []


def test_only_the_section_is_voiced(cast_practice: Path) -> None:
    notes = Notes()
    request = pipeline.Request(jobs=1, only=("what-comes",), editions=("sections",))
    preview(load_project(cast_practice), request, notes, Report())
    assert "You go home." in notes.voiced
    assert "You sit down." not in notes.voiced


def test_a_preview_of_a_voice_that_is_not_here_says_so(cast_practice: Path) -> None:
    made, report = previewed(cast_practice, only=("2",), voice="away")
    assert (made, report.exit_code, codes(report)) == ((), 1, ["narration-not-made"])


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"only": ("what",)}, "what-happens, what-comes-after"),
        ({"only": ("wha-happens",)}, "Did you mean “what-happens”"),
        ({"only": ("9",)}, "3 what-comes-after"),
        ({"only": ("",)}, "1 introduction"),
        ({"only": ("2",), "editions": ("a4",)}, "--edition sections"),
        ({"only": ("2",), "slugs": ("quiet-our",)}, "quiet-hour"),
    ],
)
def test_a_preview_of_nothing_is_wrong_use(
    practice: Path, wanted: dict[str, tuple[str, ...]], words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        previewed(practice, **wanted)
    assert words in caught.value.hint


def test_a_name_is_looked_for_in_every_article() -> None:
    def script(*ids: str) -> Script:
        passages = (Passage(each, at, each, ()) for at, each in enumerate(ids, 1))
        return Script("", "en-GB", tuple(passages))

    scripts = {"a": script("introduction", "rest"), "b": script("introduction", "sleep")}
    assert choose_passages(scripts, ("sl", "intro")) == {
        "a": ["introduction"], "b": ["introduction", "sleep"],
    }  # fmt: skip
    assert choose_passages(scripts, ("rest",)) == {"a": ["rest"], "b": []}


def test_the_commands_show_one_section(cast_practice: Path) -> None:
    shown = leafcast(cast_practice, "script", "--only", "what-h")
    assert "02 What happens" in shown
    assert "01 Introduction" not in shown
    said = leafcast(cast_practice, "build", "--only", "what-h", "--edition", "sections")
    assert "audio/quiet-hour/preview/02-what-happens.mp3" in said
    assert "dist/ stays as it was" in said
    assert "There are: 1 introduction" in leafcast(cast_practice, "build", "--only", "x", code=2)


def test_the_script_says_who_speaks(cast_practice: Path) -> None:
    edit(cast_practice, "## What happens\n", "## What happens\nvoice: low\n")
    shown = leafcast(cast_practice, "script")
    assert "[low] You sit down." in shown
    assert "[low] What happens" not in shown
