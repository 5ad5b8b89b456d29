"""Her own voice: files find their sections, faults are named, and what is heard is what is written."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import page
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.build import pipeline
from leafcast.checks.pdf.oracle import pdf_faults
from leafcast.checks.prints.wanted import Print
from leafcast.checks.takes import check_takes
from leafcast.checks.transcript import read_cues
from leafcast.document.errors import SettingsError, ToolMissing, UsageError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Report, Severity
from leafcast.locale.language import ENGLISH
from leafcast.narration import narrate
from leafcast.narration.model import Passage, Pause, Script, Utterance
from leafcast.narration.pace import SLOWER
from leafcast.narration.sound import wave as sound
from leafcast.narration.sound.joining import EDGE, GRID
from leafcast.narration.sound.loudness import integrated_lufs
from leafcast.narration.takes import analysis, listener
from leafcast.narration.takes import passage as passage_takes
from leafcast.narration.takes.acoustics import listen
from leafcast.narration.takes.align import find_readings
from leafcast.narration.takes.choices import read_choices
from leafcast.narration.takes.choose import Decider, Hearing
from leafcast.narration.takes.cutting import quietest
from leafcast.narration.takes.decode import open_recording
from leafcast.narration.takes.files import SoundFile, find_takes
from leafcast.narration.takes.frames import frames_of
from leafcast.narration.takes.match import PassageTakes, match_takes
from leafcast.narration.takes.names import find_passage, find_sentence, sentence_names
from leafcast.narration.takes.narrators import Readers
from leafcast.narration.takes.recorded_article import perform
from leafcast.narration.takes.reverberation import decay_seconds
from leafcast.narration.takes.room_tone import RoomTone
from leafcast.narration.takes.speakers import PassageReading
from leafcast.narration.takes.words import Sounded, differences, said_as, sounded
from leafcast.narration.voices import take as her_voice
from leafcast.practice.project import load_project
from leafcast.print import record_files as record
from leafcast.print.record_sheet import RECORD_SHEET, record_sheet_of, write_record_sheet
from tests import waves
from tests.conftest import write_practice
from tests.recordings import (
    ARTICLE,
    RATE,
    WHAT_HAPPENS,
    Floats,
    KnowingEar,
    cough,
    hum,
    in_room,
    in_turn,
    read,
    recording,
    save,
    say,
)

SLUG = "quiet-hour"


def passage(*sentences: str, announced: str = "") -> Passage:
    parts: list[Utterance | Pause] = [Pause(500, "start")]
    if announced:
        parts += [Utterance("say-1", announced, announced), Pause(400)]
    for at, words in enumerate(sentences):
        parts += [Utterance(f"s{at}", words, words, f"s{at}"), Pause(400, "sentence")]
    return Passage("what-happens", 2, "What happens", tuple(parts))


SCRIPT = Script(
    "A Quiet Hour",
    "en-GB",
    (
        Passage("introduction", 1, "Introduction", ()),
        passage("You sit down.", "You sit up.", "You may bring a worry, or nothing at all."),
        Passage("how-it-helps", 3, "How It Helps", ()),
    ),
)

# ---------------------------------------------------------------- files and their names


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("what-happens", "what-happens"),
        ("What Happens", "what-happens"),
        ("02-what-happens", "what-happens"),
        ("07-what-happens", "what-happens"),
        ("2", "what-happens"),
        ("03_How_It_Helps", "how-it-helps"),
        ("INTRODUCTION", "introduction"),
        ("03-what", None),
        ("9", None),
        ("what-happened", None),
    ],
)
def test_a_file_finds_its_section(name: str, section: str | None) -> None:
    assert find_passage(name, SCRIPT) == section


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("01-you-sit-down", "s0"),
        ("02-you-sit-up", "s1"),
        ("09-you-may-bring-a", "s2"),
        ("you-may-bring-a", "s2"),
        ("3", "s2"),
        ("s1", "s1"),
        ("04", None),
        ("03-you-may-take-a", None),
    ],
)
def test_a_file_finds_its_sentence(name: str, sentence: str | None) -> None:
    assert find_sentence(name, SCRIPT.passages[1]) == sentence


@given(st.lists(st.text("abc xyz", min_size=1).filter(str.strip), min_size=1, max_size=30))
def test_every_sentence_is_found_by_the_name_on_the_sheet(sentences: list[str]) -> None:
    told = passage(*sentences)
    for key, name in sentence_names(told).items():
        assert find_sentence(name, told) == key


def shelf_of(folder: Path, *names: str, toml: str = "") -> list[Finding]:
    project = load_project(folder)
    takes = folder / "audio" / "takes" / SLUG
    for name in names:
        (takes / name).parent.mkdir(parents=True, exist_ok=True)
        (takes / name).write_bytes(b"sound")
    if toml:
        (takes / "takes.toml").write_text(toml, "utf-8")
    return list(match_takes(find_takes(project, SLUG), SCRIPT, f"audio/takes/{SLUG}").findings)


@pytest.mark.parametrize(
    ("names", "code", "fix"),
    [
        (["what-happen.wav"], "take-of-no-section", "what-happens"),
        (["what-hapens/01.wav"], "take-of-no-section", "what-happens"),
        (["what-happens/04.wav"], "take-of-no-sentence", "Known here"),
        (["what-happens/you-may-brin-a.wav"], "take-of-no-sentence", "03-you-may-bring-a"),
        (["02.wav", "what-happens.mp3"], "two-takes", "Keep the one"),
        (["what-happens/1.wav", "what-happens/01-you-sit-down.wav"], "two-takes", "Keep the one"),
        (["what-happens.ogg"], "take-of-another-kind", "WAV, MP3, M4A or FLAC"),
    ],
)
def test_what_has_no_place_is_named(practice: Path, names: list[str], code: str, fix: str) -> None:
    (found,) = shelf_of(practice, *names)
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert fix in found.fix
    assert found.place and found.place.path.startswith(f"audio/takes/{SLUG}/")


def test_files_in_their_places_are_no_finding(practice: Path) -> None:
    names = ["Introduction.MP3", "02-What-Happens.wav", "what-happens/03-you-may-bring-a.m4a"]
    assert shelf_of(practice, *names, "record-quiet-hour.pdf", ".DS_Store") == []


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ('reder = "Jo"', 1, "reader"),
        ('\nannouncements = "some"', 2, "none"),
        ("[what-happens]\nannyway = true", 2, "anyway"),
        ('[what-happens]\nanyway = "yes"', 2, "anyway"),
        ('[what-happens.sentences]\n1 = "frist"', 2, "first"),
        ("[what-happens]\nsentences = 3", 2, "what-happens.sentences"),
    ],
)
def test_a_slip_in_takes_toml_is_named_with_its_line(
    practice: Path, toml: str, line: int, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        shelf_of(practice, "02.wav", toml=toml)
    assert caught.value.line == line
    assert words in caught.value.message + caught.value.hint


def test_takes_toml_may_name_what_is_gone(practice: Path) -> None:
    toml = '[what-happens.sentences]\n"07-gone" = "voice"\n[elsewhere]\nanyway = true\n'
    assert [f.code for f in shelf_of(practice, "02.wav", toml=toml)] == [
        "take-of-no-sentence",
        "take-of-no-section",
    ]


def test_without_takes_toml_the_author_reads(tmp_path: Path) -> None:
    assert read_choices(tmp_path, "audio/takes/x").reader == "the author"


# ---------------------------------------------------------------- files that cannot be used


def opened(path: Path, seconds: float = 4.0, *, anyway: bool = False) -> tuple[bool, list[Finding]]:
    file = SoundFile(path, f"audio/takes/x/{path.name}", "0")
    take, findings = open_recording(file, seconds, anyway=anyway)
    return take is not None, list(findings)


def tone_of(seconds: float, rate: int = RATE) -> Floats:
    return np.asarray(0.3 * np.sin(np.arange(round(seconds * rate)) * 0.05))


def make_bad(kind: str, path: Path) -> Path:
    match kind:
        case "take-empty":
            path.write_bytes(b"")
        case "take-not-sound":
            path.write_bytes(b"%PDF-1.7\n" + b"words " * 500)
        case "take-damaged":
            save(path, tone_of(4))
            path.write_bytes(path.read_bytes()[:-50_001])
        case "take-silent":
            save(path, np.zeros(4 * RATE))
        case "take-too-short":
            save(path, tone_of(0.1))
        case "take-too-long":
            save(path, tone_of(100))
        case "take-narrow":
            save(path, tone_of(4, 8000), 8000)
    return path


@pytest.mark.parametrize(
    "code",
    [
        "take-empty",
        "take-not-sound",
        "take-damaged",
        "take-silent",
        "take-too-short",
        "take-too-long",
        "take-narrow",
    ],
)
def test_a_file_that_cannot_be_used_is_told_once(code: str, tmp_path: Path) -> None:
    usable, (found,) = opened(make_bad(code, tmp_path / "take.wav"))
    assert not usable
    assert (found.code, found.severity) == (code, Severity.WARNING)
    assert found.fix and found.place and found.place.path == "audio/takes/x/take.wav"


def test_a_recording_of_two_hours_is_never_read_whole(tmp_path: Path) -> None:
    long = tmp_path / "long.flac"
    sound.run_ffmpeg(
        ["-f", "lavfi", "-i", "sine=440:r=16000:d=7200", "-compression_level", "0", str(long)]
    )
    assert len(sound.read_recorded(long, 5).samples) == 5 * 16_000
    usable, (found,) = opened(long)
    assert not usable
    assert "over half an hour" in found.message


def test_a_playlist_leads_to_no_other_file(tmp_path: Path) -> None:
    other = save(tmp_path / "other.wav", tone_of(4))
    path = tmp_path / "take.wav"
    path.write_text(f"#EXTM3U\n#EXTINF:4,\n{other}\n")
    assert not opened(path)[0]


def test_a_telephones_recording_is_used_if_the_owner_says_so(tmp_path: Path) -> None:
    path = make_bad("take-narrow", tmp_path / "take.wav")
    assert not opened(path)[0]
    assert opened(path, anyway=True)[0]


def test_of_a_stereo_file_the_side_that_sounds_is_used(tmp_path: Path) -> None:
    one = tone_of(4)
    path = save(tmp_path / "take.wav", np.stack([one, np.zeros(len(one))], axis=1), channels=2)
    take, (found,) = open_recording(SoundFile(path, "take.wav", "0"), 4)
    assert take and float(np.abs(take.samples).max()) == pytest.approx(0.3, abs=0.001)
    assert (found.code, found.severity) == ("take-one-side", Severity.ADVICE)


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "flac"])
def test_every_kind_is_read(suffix: str, tmp_path: Path) -> None:
    wav = save(tmp_path / "take.wav", tone_of(4))
    sound.run_ffmpeg(["-i", str(wav), str(tmp_path / f"take.{suffix}")])
    assert opened(tmp_path / f"take.{suffix}") == (True, [])


# ---------------------------------------------------------------- how it sounds


@pytest.fixture(scope="module")
def clean() -> Floats:
    return read(in_turn(WHAT_HAPPENS, 0.7))


def heard_faults(samples: Floats, rate: int = RATE) -> dict[str, Finding]:
    take = recording(samples, rate)
    return {f.code: f for f in listen(take, frames_of(take.samples, rate))}


@pytest.mark.parametrize("engine", ["hibari", "system"])
def test_a_clean_take_is_no_finding(engine: str) -> None:
    parts = [np.append(say(each, engine), np.zeros(RATE // 2)) for each in WHAT_HAPPENS]
    assert heard_faults(read(parts)) == {}


def test_noise_is_told_by_how_much_the_voice_is_above_it(clean: Floats) -> None:
    noise = np.random.default_rng(1).normal(size=len(clean))
    assert heard_faults(clean + noise * 10 ** (-63 / 20)) == {}
    little = heard_faults(clean + noise * 10 ** (-55 / 20))["take-noisy"]
    much = heard_faults(clean + noise * 10 ** (-42 / 20))["take-noisy"]
    assert (little.severity, much.severity) == (Severity.ADVICE, Severity.WARNING)
    assert "33 dB above it" in little.message


def test_a_voice_recorded_too_softly_is_told(clean: Floats) -> None:
    assert "take-faint" not in heard_faults(clean * 0.2)
    assert "take-faint" in heard_faults(clean * 0.03)


@pytest.mark.parametrize("gain_db", [6, 12])
def test_clipping_is_told_with_its_times(clean: Floats, gain_db: float) -> None:
    found = heard_faults(np.clip(clean * 10 ** (gain_db / 20), -0.5, 0.5))["take-clipped"]
    assert "(at 0:01." in found.message


def test_clipping_is_told_after_an_mp3_has_rounded_it(clean: Floats, tmp_path: Path) -> None:
    wav = save(tmp_path / "take.wav", np.clip(clean * 3, -0.9, 0.9))
    sound.run_ffmpeg(["-i", str(wav), "-b:a", "96k", str(tmp_path / "take.mp3")])
    samples = sound.decode(tmp_path / "take.mp3")[:, 0]
    assert "take-clipped" in heard_faults(samples.astype(np.float64))


def test_clicks_are_told_with_their_times(clean: Floats) -> None:
    for seconds in (0.5, 2.0, 6.1):
        clean = clean.copy()
        clean[round(seconds * RATE)] += 0.4
    assert "0:00.5" in heard_faults(clean)["take-clicks"].message


@pytest.mark.parametrize("level_db", [-60, -50, -40])
def test_the_hum_of_the_mains_is_told(clean: Floats, level_db: float) -> None:
    assert "50 and 150 Hz" in heard_faults(clean + hum(len(clean), level_db))["take-hum"].message


@pytest.mark.parametrize("seconds", [0.15, 0.3, 0.8, 1.2])
def test_a_room_that_rings_is_told(clean: Floats, seconds: float) -> None:
    samples = in_room(clean, seconds)
    found = heard_faults(samples)
    assert ("take-echo" in found) == (seconds > 0.5)
    measured = decay_seconds(frames_of(samples.astype(np.float32), RATE))
    assert measured == pytest.approx(max(0.3, seconds), abs=0.12)


def test_an_offset_is_told(clean: Floats) -> None:
    assert set(heard_faults(clean + 0.03)) == {"take-offset"}


def test_breath_on_the_microphone_is_told(clean: Floats) -> None:
    length = round(0.08 * RATE)
    pop = 0.4 * np.sin(2 * np.pi * 25 * np.arange(length) / RATE) * np.hanning(length)
    for seconds in (1.5, 4.0, 7.0):
        clean = clean.copy()
        clean[round(seconds * RATE) : round(seconds * RATE) + length] += pop
    assert "3 times" in heard_faults(clean)["take-pops"].message


def test_a_telephones_sound_in_a_better_file_is_told(clean: Floats) -> None:
    from scipy import signal

    narrow = signal.resample_poly(signal.resample_poly(clean, 80, 441), 441, 80)
    assert "take-dull" in heard_faults(np.asarray(narrow))


# ---------------------------------------------------------------- words heard, words written


def heard(words: str, sure: float = 0.9, rate: int = 100) -> tuple[Sounded, ...]:
    return tuple(
        Sounded(word, at * rate // 2, at * rate // 2 + 40, sure)
        for at, word in enumerate(words.split())
    )


SENTENCES = (
    "what happens",
    "you sit down and we talk",
    "some people cry and some people laugh",
    "after an hour we meet again in a week",
    "nothing is decided",
)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (" ".join(SENTENCES), [0, 1, 2, 3, 4]),
        ("what happens some people cry and some people laugh nothing is decided", [0, 2, 4]),
        ("you sit down and we talk you sit down and we talk", [1, 1]),
        ("some people cry and some some people cry and some people laugh", [2, 2]),
        ("you sit down and we talk sorry once again you sit down and we talk", [1, 1]),
        ("after an hour we meet again in a month nothing is decided", [3, 4]),
        ("good morning everyone what happens you sit down and we talk", [0, 1]),
        ("", []),
    ],
)
def test_each_reading_of_a_sentence_is_found(words: str, order: list[int]) -> None:
    readings = find_readings([each.split() for each in SENTENCES], heard(words))
    assert [reading.sentence for reading in readings] == order


@settings(max_examples=60)
@given(st.lists(st.integers(0, 7), max_size=14))
def test_whatever_is_read_in_whatever_order_is_found(order: list[int]) -> None:
    sentences = [[f"{letter * 3}{n}" for n in range(4)] for letter in "abcdefgh"]
    words = " ".join(" ".join(sentences[at]) for at in order)
    readings = find_readings(sentences, heard(words))
    assert [reading.sentence for reading in readings] == order
    assert [(r.first, r.last) for r in readings] == [(4 * n, 4 * n + 3) for n in range(len(order))]


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("Call one one six, one two three.", "Call 116 123"),
        ("for fifty minutes", "for 50 minutes"),
        ("in nineteen ninety-eight", "in 1998"),
        ("sixty pounds", "£60"),
        ("Section three of nine.", "Section 3 of 9."),
        ("B A C P", "BACP"),
        ("counsellor", "counselor"),
        ("well-being", "wellbeing"),
    ],
)
def test_what_is_only_spelt_otherwise_is_no_difference(spoken: str, words: str) -> None:
    wanted = said_as(spoken)
    assert differences(wanted, sounded(heard(words), frozenset(wanted))) == ()


def test_what_is_said_otherwise_is_a_difference() -> None:
    assert differences(("in", "a", "week"), heard("in a month")) == (("week", "month", 0.9),)


def decided(
    told: Passage, words: str, sure: float = 0.9, **shelf: object
) -> tuple[list[str], dict[str, Finding]]:
    file = SoundFile(Path("t.wav"), "audio/takes/x/what-happens.wav", "0")
    takes = PassageTakes(take=file, **shelf)  # type: ignore[arg-type]
    decider = Decider(told, takes, Hearing(file, heard(words, sure), 100))
    sources = [decision.source for decision in decider.decide(frozenset())]
    return sources, {finding.code: finding for finding in decider.findings}


DAY = passage("You sit down and we talk.", "Nothing is decided today.", "You may stop and go home.")


def test_a_whole_reading_is_used_and_nothing_is_said() -> None:
    words = "you sit down and we talk nothing is decided today you may stop and go home"
    assert decided(DAY, words) == (["take"] * 3, {})


def test_a_missing_sentence_is_said_by_the_voice_and_named() -> None:
    sources, found = decided(DAY, "you sit down and we talk you may stop and go home")
    assert sources == ["take", "voice", "take"]
    told = found["take-sentence-missing"]
    assert told.severity == Severity.WARNING
    assert "audio/takes/x/what-happens/02-nothing-is-decided-today.wav" in told.fix


def test_a_sentence_in_other_words_is_said_by_the_voice_and_both_are_quoted() -> None:
    words = "you sit down and we talk nothing is decided tonight you may stop and go home"
    sources, found = decided(DAY, words.replace("tonight", "tomorrow evening"))
    assert sources == ["take", "voice", "take"]
    told = found["take-sentence-changed"]
    assert "“today” is written, “tomorrow evening” heard" in told.message
    assert "at 0:03.0" in told.message
    assert '"02-nothing-is-decided-today" = "last"' in told.fix


def test_what_the_ear_is_not_sure_of_is_only_advice() -> None:
    words = "you sit down and we talk nothing is decided sunflower you may stop and go home"
    sources, found = decided(DAY, words, sure=0.3)
    assert sources == ["take"] * 3
    assert found["take-sentence-unsure"].severity == Severity.ADVICE


def test_of_two_readings_the_last_is_used_unless_the_owner_wants_the_first() -> None:
    words = (
        "you sit down and we talk nothing is decided today sorry nothing is decided today "
        "you may stop and go home"
    )
    sources, found = decided(DAY, words)
    assert sources == ["take"] * 3
    assert "at 0:03.0, 0:05.5" in found["take-sentence-repeated"].message
    assert "“sorry” at 0:05.0" in found["take-words-left-out"].message
    assert "take-sentence-repeated" not in decided(DAY, words, uses=(("s1", "first"),))[1]


@pytest.mark.parametrize(
    ("use", "source", "code"),
    [
        ("voice", "voice", ""),
        ("last", "take", ""),
        ("retake", "voice", "take-choice-not-possible"),
    ],
)
def test_the_owner_has_the_last_word(use: str, source: str, code: str) -> None:
    words = "you sit down and we talk nothing was agreed tonight you may stop and go home"
    sources, found = decided(DAY, words, uses=(("s1", use),))
    assert sources[1] == source
    assert code in {*found, ""}


@pytest.mark.parametrize(
    ("announcements", "read_it", "source"),
    [
        ("heard", True, "take"),
        ("heard", False, "voice"),
        ("voice", True, "voice"),
        ("none", True, "take"),
        ("none", False, "left out"),
    ],
)
def test_announcements_are_hers_where_she_read_them(
    announcements: str, read_it: bool, source: str
) -> None:
    told = passage("You sit down.", announced="Section one of two.")
    words = "section 1 of 2 you sit down" if read_it else "you sit down"
    sources, found = decided(told, words, announcements=announcements)
    assert (sources[0], found) == (source, {})


# ---------------------------------------------------------------- a whole article


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> KnowingEar:
    knowing = KnowingEar()
    monkeypatch.setattr(listener, "find_listener", lambda: (knowing.listener(), ""))
    monkeypatch.setattr(record, "find_listener", lambda: (knowing.listener(), ""))
    return knowing


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = write_practice(tmp_path / "practice")
    (folder / "source" / f"{SLUG}.md").write_text(ARTICLE, "utf-8")
    return folder


def takes_of(house: Path) -> Path:
    return house / "audio" / "takes" / SLUG


class Notes:
    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}

    def step(self, words: str) -> None: ...

    def why(self, slug: str, edition: str, reason: str) -> None:
        self.reasons[edition] = reason

    def voicing(self, shown: str, share: float) -> None: ...


def build(house: Path, notes: Notes | None = None) -> dict[str, Finding]:
    request = pipeline.Request(editions=("sections", "episode"), jobs=1)
    report = Report()
    pipeline.build(load_project(house), request, notes or Notes(), report)
    return {finding.code: finding for finding in report.findings}


def vtt(house: Path) -> str:
    return (house / "dist" / SLUG / f"{SLUG}.vtt").read_text("utf-8")


def master_of(house: Path, name: str) -> Floats:
    return waves.read(house / "audio" / SLUG / f"{name}.wav") / 32_768


def spoken_in(house: Path) -> list[str]:
    telling = prepared(house).telling
    return [each.shown for each in telling.script.utterances]


def prepared(house: Path):  # type: ignore[no-untyped-def]
    from leafcast.state.cache import Cache

    project = load_project(house)
    article = pipeline.read_articles(project, Report())[SLUG]
    assert article
    return perform(narrate.tell(project, article, ""), Cache(project.work / "cache"))


def told_of(house: Path) -> dict[str, Finding]:
    """What is said of the recordings, by code, without making anything of them."""
    return {finding.code: finding for finding in prepared(house).findings}


def test_a_section_in_her_own_voice(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "02-what-happens.wav", in_turn(WHAT_HAPPENS))
    found = build(house)
    assert found == {}
    assert "Spoken partly by the author, and partly by a synthetic voice." in (spoken_in(house))
    cues = read_cues(vtt(house))
    assert [words for _, _, words in cues][2:4] == [
        "What happens",
        "You sit down and we talk for fifty minutes.",
    ]
    level = [integrated_lufs(master_of(house, name), RATE) for name in
             ("01-introduction", "02-what-happens", "03-what-comes-after")]  # fmt: skip
    assert max(level) - min(level) < 1


def test_a_build_with_nothing_new_is_left_alone(house: Path, ear: KnowingEar) -> None:
    path = ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    build(house)
    notes, before = Notes(), ear.asked
    build(house, notes)
    assert notes.reasons == {}
    assert ear.asked == before == 1
    path.unlink()
    build(house, notes)
    assert notes.reasons == dict.fromkeys(("sections", "episode"), "a recording changed")
    assert "Spoken by a synthetic voice." in spoken_in(house)


def test_takes_toml_counts_as_a_recording(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    before = find_takes(load_project(house), SLUG).digest
    (takes_of(house) / "takes.toml").write_text('reader = "Jo Example"\n', "utf-8")
    assert find_takes(load_project(house), SLUG).digest != before
    assert any("partly by Jo Example" in words for words in spoken_in(house))


def test_after_an_edit_the_sentences_to_record_again_are_named(
    house: Path, ear: KnowingEar, tmp_path: Path
) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    source = house / "source" / f"{SLUG}.md"
    source.write_text(source.read_text("utf-8").replace("fifty minutes", "an hour"), "utf-8")
    found = build(house)
    told = found["take-sentence-changed"]
    assert "“an hour” is written, “fifty minutes” heard" in told.message
    assert "02-you-sit-down-and.wav" in told.fix
    assert "You sit down and we talk for an hour." in vtt(house)
    made = record.make_sheet(prepared(house).telling, tmp_path / "again.pdf", only_changed=True)
    assert made.sentences == 1
    retake = takes_of(house) / "what-happens" / "02-you-sit-down-and.wav"
    ear.read(retake, ["You sit down and we talk for an hour."])
    assert told_of(house) == {}
    assert record.make_sheet(prepared(house).telling, None, only_changed=True).path is None


def test_a_retake_that_says_another_sentence_is_not_used(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    retake = takes_of(house) / "what-happens" / "02-you-sit-down-and.wav"
    ear.read(retake, ["You can stop whenever you like."])
    found = told_of(house)
    assert set(found) == {"retake-says-another"}
    assert found["retake-says-another"].place.path.endswith("02-you-sit-down-and.wav")  # type: ignore[union-attr]


def test_sentences_alone_need_no_take_of_their_section(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens" / "06.wav", ["You can stop whenever you like."])
    assert told_of(house) == {}
    (reading,) = [each for each in prepared(house).readings if each.own]
    assert [part.source for part in reading.parts].count("retake") == 1


def test_a_take_of_something_else_is_told_once(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-comes-after.wav", in_turn(WHAT_HAPPENS))
    found = told_of(house)
    assert set(found) == {"take-says-another"}
    assert "it begins “what happens" in found["take-says-another"].message


def test_a_bad_file_leaves_its_section_to_the_voice(house: Path, ear: KnowingEar) -> None:
    takes_of(house).mkdir(parents=True)
    make_bad("take-not-sound", takes_of(house) / "what-happens.mp3")
    found = build(house)
    assert set(found) == {"take-not-sound"}
    assert len(read_cues(vtt(house))) == 12


def test_a_cough_and_false_starts_are_not_heard(house: Path, ear: KnowingEar) -> None:
    parts: list[str | float | Floats] = [*in_turn(WHAT_HAPPENS[:2])]
    parts += [0.5, cough(), 0.5, "You may bring a", 0.6, *in_turn(WHAT_HAPPENS[2:])]
    ear.read(takes_of(house) / "what-happens.wav", parts)
    found = told_of(house)
    assert set(found) == {"take-words-left-out"}
    assert "“you may bring a” at 0:06" in found["take-words-left-out"].message
    joined, _ = desk_of(house)
    hers = [span for span in joined.spans if span.utterance.sentence_id]
    assert (hers[2].start - hers[1].end) / RATE == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize(("loud", "left_out"), [(1.0, True), (0.03, False)])
def test_a_cough_in_a_pause_is_left_out_and_a_breath_is_not(
    house: Path, ear: KnowingEar, loud: float, left_out: bool
) -> None:
    parts = [*in_turn(WHAT_HAPPENS[:2]), 0.3, loud * cough(), 0.6, *in_turn(WHAT_HAPPENS[2:])]
    ear.read(takes_of(house) / "what-happens.wav", parts)
    assert set(told_of(house)) == ({"take-noise-left-out"} if left_out else set())


def test_when_all_is_hers_the_opening_says_so(house: Path, ear: KnowingEar) -> None:
    for number, script in enumerate(prepared(house).telling.script.passages, 1):
        told = [each for each in script.utterances if each.sentence_id]
        ear.read(takes_of(house) / f"{number:02}.wav", in_turn([each.shown for each in told]))
    assert "Spoken by the author, with announcements by a synthetic voice" in " ".join(
        spoken_in(house)
    )
    (takes_of(house) / "takes.toml").write_text('announcements = "none"\n', "utf-8")
    performance = prepared(house)
    said = [each.shown for each in performance.telling.script.utterances]
    assert "Section 1 of 2." not in said
    assert performance.telling.readers.sentences == "all"
    assert not performance.telling.voiced
    narrated = _narration(house)
    assert (narrated["voice"], narrated["synthetic"]) == ("the author", False)


def _narration(house: Path) -> dict[str, object]:

    performance = prepared(house)
    narration = narrate._mastered(performance)
    return {"voice": narration.voice, "synthetic": narration.synthetic}


def test_what_takes_say_is_told_by_check_too(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS[:-1]))
    project = load_project(house)
    article = pipeline.read_articles(project, Report())[SLUG]
    assert article
    found = [f.code for f in check_takes(Publication(article, project), house / "dist" / SLUG)]
    assert found == ["take-sentence-missing"]


def test_without_an_ear_a_take_is_used_as_it_is_and_that_is_said(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "find_listener", lambda: (None, "what listens is not installed"))
    monkeypatch.setattr(record, "find_listener", lambda: (None, "what listens is not installed"))
    save(takes_of(house) / "what-happens.wav", read(in_turn(WHAT_HAPPENS)))
    found = build(house)
    assert set(found) == {"take-not-listened-to"}
    assert found["take-not-listened-to"].severity == Severity.NOT_CHECKED
    cues = [(start, words) for start, _, words in read_cues(vtt(house))]
    guessed = [start for start, _ in cues[2:8]]
    told = _truly(guessed[0])
    assert all(abs(one - other) < 500 for one, other in zip(guessed, told, strict=True))
    with pytest.raises(ToolMissing, match="not installed"):
        record.make_sheet(prepared(house).telling, None, only_changed=True)


def _truly(first: float) -> list[float]:
    """When the sentences of WHAT_HAPPENS begin, in milliseconds, if the first does so then."""
    starts = [first]
    for sentence in WHAT_HAPPENS[:-1]:
        starts.append(starts[-1] + len(say(sentence)) / RATE * 1000 + 600)
    return starts


def test_clean_leaves_recordings_alone(house: Path, ear: KnowingEar) -> None:
    mislaid = ear.read(house / "audio" / "takes" / "02-what-happens.wav", in_turn(WHAT_HAPPENS))
    kept = shutil.copytree(house / "audio" / "takes", takes_of(house))
    build(house)
    pipeline.clean_project(load_project(house))
    assert mislaid.exists()
    assert (kept / "02-what-happens.wav").exists()
    assert not list((house / "audio" / SLUG).glob("*.wav"))


# ---------------------------------------------------------------- put together


def desk_of(house: Path, speed: float = 1.0):  # type: ignore[no-untyped-def]
    performance = prepared(house)
    telling = performance.telling
    reader = replace(her_voice.reader_for(performance, _clip), speed=speed)
    told = next(each for each in telling.script.passages if each.id == "what-happens")
    return reader.join(told), told


def _clip(utterance: Utterance):  # type: ignore[no-untyped-def]
    from leafcast.narration.model import VoiceSpec
    from leafcast.narration.voices import tone

    return tone.open_voice(VoiceSpec("tone", "tone")).speak(utterance)


def test_her_pauses_are_kept_and_long_ones_shortened(house: Path, ear: KnowingEar) -> None:
    parts = [*in_turn(WHAT_HAPPENS[:2], 0.5), *in_turn(WHAT_HAPPENS[2:3], 6.0), *WHAT_HAPPENS[3:4]]
    ear.read(takes_of(house) / "what-happens.wav", parts)
    joined, _ = desk_of(house)
    hers = [span for span in joined.spans if span.utterance.sentence_id][:4]
    gaps = [(b.start - a.end) / RATE for a, b in zip(hers, hers[1:], strict=False)]
    assert gaps[1] == pytest.approx(0.4, abs=0.2)
    assert gaps[2] < 1.6


def test_nothing_between_her_sentences_is_digital_silence_and_no_seam_clicks(
    house: Path, ear: KnowingEar
) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn([*WHAT_HAPPENS[:3], *WHAT_HAPPENS[4:]]))
    joined, _ = desk_of(house)
    assert joined.length % GRID == 0
    samples = np.concatenate(list(joined.dense()))
    assert not samples[:EDGE].any()
    assert not samples[-EDGE:].any()
    samples = samples[EDGE : EDGE + joined.pieces[1].length]
    blocks = samples[: len(samples) // 441 * 441].reshape(-1, 441)
    assert (np.abs(blocks).max(axis=1) > 0).all()
    assert "take-clicks" not in heard_faults(samples)


def test_words_lie_in_their_sentences_and_in_order(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    for speed in (1.0, SLOWER.speed):
        joined, _ = desk_of(house, speed)
        before = 0
        for span in joined.spans:
            assert before <= span.start < span.end
            starts = [mark.start for mark in span.words]
            assert starts == sorted(starts)
            assert all(span.start <= mark.start < mark.end <= span.end + 1 for mark in span.words)
            before = span.end


def test_the_slower_pace_is_slower_and_no_deeper(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS))
    usual, slower = (desk_of(house, speed)[0] for speed in (1.0, SLOWER.speed))
    lasts = [
        next(s.end - s.start for s in joined.spans if s.utterance.shown.startswith("You sit"))
        for joined in (usual, slower)
    ]
    assert lasts[0] / lasts[1] == pytest.approx(SLOWER.speed, abs=0.02)


@given(st.integers(1, 50_000), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_room_tone_is_as_loud_as_the_room_for_any_length(length: int, seed: int) -> None:
    quiet = np.random.default_rng(2).normal(size=26_000) * 0.001
    made = RoomTone(quiet).make(length, seed)
    assert len(made) == length
    assert (made == RoomTone(quiet).make(length, seed)).all()
    if length > 4_410:
        assert 20 * np.log10(made.std() / 0.001) == pytest.approx(0, abs=1)


def test_without_a_pause_there_is_no_room_to_be_heard() -> None:
    assert quietest(frames_of(np.ones(RATE, np.float32), RATE)) == (0, 0)
    assert (RoomTone(np.zeros(0)).make(100, 1) == 0).all()


def test_an_analysis_is_kept_as_it_was(house: Path, ear: KnowingEar) -> None:
    ear.read(takes_of(house) / "what-happens.wav", in_turn(WHAT_HAPPENS[:-1]))
    first = prepared(house)
    again = prepared(house)
    assert again.readings == first.readings
    assert isinstance(again.readings[0], PassageReading)
    from dataclasses import asdict

    assert all(
        analysis.unpack(json.loads(json.dumps(asdict(each)))) == each for each in again.readings
    )
    assert passage_takes.TRUSTED


@pytest.mark.parametrize(
    ("readers", "words"),
    [
        (Readers(), "by a synthetic voice."),
        (Readers("Jo", "some"), "partly by Jo, and partly by a synthetic voice."),
        (Readers("Jo", "all"), "by Jo, with announcements by a synthetic voice."),
        (Readers("Jo", "all", voice=False), "by Jo."),
    ],
)
def test_listeners_are_told_who_reads(readers: Readers, words: str) -> None:
    assert readers.told(ENGLISH) == f"Spoken {words}"


# ---------------------------------------------------------------- the record sheet


def test_the_record_sheet_is_a_leaflet_like_any_other(house: Path, ear: KnowingEar) -> None:
    project = load_project(house)
    article = pipeline.read_articles(project, Report())[SLUG]
    assert article
    publication = Publication(article, project)
    script = prepared(house).telling.script
    pdf = write_record_sheet(publication, script)
    sheet = record_sheet_of(publication, script)
    wanted = Print(replace(publication, article=sheet), RECORD_SHEET)
    assert list(pdf_faults(pdf, wanted)) == []
    assert [each.message for each in page.validate_pdf_bytes(pdf, profile="ua1").failures] == []
    assert pdf == write_record_sheet(publication, script)
    other = replace(wanted, publication=publication)
    assert "pdf-title" in {fault.code for fault in pdf_faults(pdf, other)}


def test_the_sheet_gives_each_sentence_with_its_file_and_how_it_is_said(
    house: Path, ear: KnowingEar, tmp_path: Path
) -> None:
    made = record.make_sheet(prepared(house).telling, None, only_changed=False)
    assert made.path == takes_of(house) / f"record-{SLUG}.pdf"
    assert made.sentences == 12
    import pypdfium2

    pages = pypdfium2.PdfDocument(made.path)
    words = " ".join(" ".join(each.get_textpage().get_text_bounded() for each in pages).split())
    assert "File: what-happens.wav" in words
    for passage_ in prepared(house).telling.script.passages:
        for name in sentence_names(passage_).values():
            assert f"Alone: {name}.wav" in words.replace("- ", "-")
    assert (
        "“0300 123 3393” is said “oh three oh oh, one two three, three three nine three”" in words
    )
    assert "Announced: Section 1 of 2." in words
    with pikepdf.open(made.path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"


def test_one_sheet_cannot_hold_two_articles(house: Path) -> None:
    from click.testing import CliRunner

    from leafcast.commands.cli import leafcast

    shutil.copy(house / "source" / f"{SLUG}.md", house / "source" / "another.md")
    ran = CliRunner().invoke(
        leafcast, ["record", "--to", str(house / "x.pdf"), "--project", str(house)]
    )
    assert ran.exit_code == UsageError.exit_code
    assert "Name an article" in ran.output
