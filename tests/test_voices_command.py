"""Voices to choose from: samples one can listen to, and what was measured of them."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from leafcast.commands import player
from leafcast.document.errors import UsageError, VoiceError, VoiceUnavailable
from leafcast.narration import voice_measures as measures
from leafcast.narration.model import Clip, VoiceSpec
from leafcast.narration.samples import SAMPLE, sample_utterances, sampled_voices, write_sample
from leafcast.narration.voices.specs import read_voices
from leafcast.practice.project import Project, load_project
from tests.test_cli import leafcast
from tests.test_voice_pool import faulty, inline

TONE = VoiceSpec("tone", "tone")


@pytest.fixture
def project(practice: Path) -> Project:
    return load_project(practice)


def test_a_sample_is_16_bit_mono_and_as_loud_as_a_narration(
    project: Project, tmp_path: Path
) -> None:
    import numpy as np

    from leafcast.narration.sound.loudness import block_power, gated_lufs

    path = write_sample(project, TONE, tmp_path / "samples", inline())
    assert path.name == "tone.wav"
    with wave.open(str(path)) as sound:
        assert (sound.getsampwidth(), sound.getnchannels()) == (2, 1)
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32_768
    assert gated_lufs(block_power(samples, 44_100)) == pytest.approx(-16, abs=0.25)
    assert [each.name for each in path.parent.iterdir()] == ["tone.wav"]


def test_a_sample_is_said_as_an_article_would_be(project: Project) -> None:
    said = " ".join(each.spoken for each in sample_utterances(project, TONE))
    assert "sixty pounds" in said
    assert "one one six, one two three" in said
    assert "the second of March twenty twenty-six" in said
    assert len(SAMPLE) == 5


def test_a_sample_leaves_what_else_is_in_the_folder(project: Project, tmp_path: Path) -> None:
    mine = tmp_path / "01-mine.wav"
    mine.write_bytes(b"mine")
    write_sample(project, TONE, tmp_path, inline())
    assert mine.read_bytes() == b"mine"


def test_a_voice_that_cannot_speak_leaves_no_sample(project: Project, tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailable, match="a microphone"):
        write_sample(project, faulty(lacks=True), tmp_path, inline())
    with pytest.raises(VoiceError, match="could not say"):
        write_sample(project, faulty(always="fail"), tmp_path, inline())
    assert list(tmp_path.glob("*.wav")) == []


def test_all_are_those_that_are_ready_and_speak(project: Project) -> None:
    (project.audio).mkdir()
    (project.audio / "voices.toml").write_text(
        '[voices.away]\nengine = "tests.engines"\nlacks = true\n'
        '[voices.here]\nengine = "tests.engines"\n',
        encoding="utf-8",
    )
    names = [spec.name for spec in sampled_voices(project, ("all",))]
    assert "here" in names
    assert not {"away", "tone"} & set(names)
    assert [spec.name for spec in sampled_voices(project, ("tone", "tone"))] == ["tone"]
    with pytest.raises(UsageError, match="kokorro"):
        sampled_voices(project, ("kokorro",))


# ---------------------------------------------------------------- measures


def test_word_error_is_the_share_of_words_to_change() -> None:
    written = ("One two three four.", "Five six.")
    assert measures.word_error(written, ["one two, three four", "Five six"]) == 0
    assert measures.word_error(written, ["one three four", "five six six"]) == pytest.approx(2 / 6)
    assert measures.word_error(written, ["", ""]) == 1
    assert measures.changes(["a", "b", "c"], ["b", "x", "c"]) == 2


def test_a_voice_is_measured_once_and_then_known(project: Project) -> None:
    assert measures.measured(project, TONE) is None
    sentences = list(measures.SENTENCES)
    found = measures.measure(project, TONE, lambda clip: sentences.pop(0))
    assert found.word_error == 0
    assert found.words_per_minute == pytest.approx(150, rel=0.2)
    assert found.cpu_seconds > 0
    assert measures.measured(project, TONE) == found
    faster = VoiceSpec("tone", "tone", (("speed", 1.5),))
    assert measures.measured(project, faster) is None
    assert measures.measure(project, faster, None).words_per_minute > 1.3 * found.words_per_minute
    assert not list(project.work.glob("measure-*"))


def test_an_ear_that_hears_other_words_finds_an_error(project: Project) -> None:
    def half_deaf(clip: Clip) -> str:
        return measures.SENTENCES[0]

    error = measures.measure(project, TONE, half_deaf).word_error
    assert error is not None
    assert 0.5 < error <= 1.5


def test_the_ear_of_this_machine_is_asked_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Word:
        text = "hello"

    class Module:
        @staticmethod
        def missing() -> str:
            return lack

        @staticmethod
        def hear(clip: Clip) -> tuple[Word, ...]:
            return (Word(), Word())

    lack = ""
    monkeypatch.setattr(measures.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(measures.importlib, "import_module", lambda name: Module)
    listen = measures.listener()
    assert listen
    assert listen(None) == "hello hello"  # type: ignore[arg-type]
    lack = "a package"
    assert measures.listener() is None
    monkeypatch.setattr(measures.importlib.util, "find_spec", lambda name: None)
    assert measures.listener() is None


# ---------------------------------------------------------------- the command


def test_samples_are_written_and_nothing_plays_unasked(practice: Path) -> None:
    said = leafcast(practice, "voices", "--sample", "tone")
    assert str(practice / "audio/samples/tone.wav") in said
    leafcast(practice, "voices", "--sample", "tone", "--to", str(practice / "else"))
    assert (practice / "else/tone.wav").read_bytes() == (
        practice / "audio/samples/tone.wav"
    ).read_bytes()


def test_a_sample_of_no_voice_is_wrong_use(practice: Path) -> None:
    assert "--sample NAME" in leafcast(practice, "voices", "--play", code=2)
    assert "kokoro" in leafcast(practice, "voices", "--sample", "kokorro", code=2)


def test_one_voice_that_cannot_speak_stops_no_other(practice: Path) -> None:
    (practice / "audio").mkdir()
    (practice / "audio/voices.toml").write_text(
        '[voices.away]\nengine = "tests.engines"\nlacks = true\n', encoding="utf-8"
    )
    said = leafcast(practice, "voices", "--sample", "away", "--sample", "tone", code=1)
    assert "a microphone" in said
    assert (practice / "audio/samples/tone.wav").exists()


def test_the_list_shows_what_was_measured(practice: Path) -> None:
    assert "voices --measure" in leafcast(practice, "voices")
    listed = leafcast(practice, "voices", "--measure", "--sample", "tone")
    assert "words a minute" in listed
    (line,) = (
        line for line in leafcast(practice, "voices").splitlines() if line.startswith("* tone")
    )
    assert "words a minute" in line
    assert "s of CPU a second of sound" in line
    assert "British" in listed


def test_a_second_british_voice_is_there(project: Project) -> None:
    george = read_voices(project)["george"]
    assert (george.engine, george.setting("voice", ""), george.accent) == (
        "kokoro", "bm_george", "British",
    )  # fmt: skip
    files = [Path(folder) / "bm_george.bin" for folder in george.folders]
    assert [file.stat().st_size for file in files if file.exists()] == [510 * 256 * 4]


# ---------------------------------------------------------------- the player


def test_the_first_player_that_can_plays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(player.sys, "platform", "linux")
    run = tmp_path / "run"
    for name, script in (("paplay", "exit 1"), ("aplay", f'echo "$@" > {run}')):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert player.play(tmp_path / "a.wav")
    assert run.read_text() == f"-q {tmp_path / 'a.wav'}\n"
    (tmp_path / "aplay").unlink()
    assert not player.play(tmp_path / "a.wav")
