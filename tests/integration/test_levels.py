"""Levels with the real voice in each of its forms: ten short texts, in range as delivered.

Another processor gives other bits for the same form, so noise of one bit is added to each master.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leafcast.document.errors import LeafcastError
from leafcast.narration.model import (
    Cast,
    Clip,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
)
from leafcast.narration.sound import wave as sound
from leafcast.narration.sound.encoding import encode_sections
from leafcast.narration.sound.levels import measure_samples
from leafcast.narration.sound.mastering import Bench, master
from leafcast.narration.voices import open_voice
from leafcast.narration.voices.kokoro import form, prepare
from leafcast.practice.profiles import PROFILES
from leafcast.state.cache import Cache
from tests.integration.forms import said_twice, spec_of
from tests.test_levels import asked, by_ffmpeg, decoded, moved, sets_of, whole_file

pytestmark = pytest.mark.integration
DECODERS = {"mp3": "mp3", "aac": "aac_fixed", "opus": "libopus"}
"""Another decoder of each codec than the one that ffmpeg takes by itself."""
TEXTS = (
    "No.",
    "Pop!",
    "Stop. Sit. Wait.",
    "Whisper what you wish for.",
    "Mum, mum, mum.",
    "You are allowed to say no.",
    "Pick a patch of blue paper.",
    "Anger is loud!",
    "Ssh. Hush. Hush.",
    "What would it be like to be believed?",
)


@pytest.fixture(scope="module", params=["int8", "f32k", "ovbf16"])
def clips(request: pytest.FixtureRequest, forms: Path) -> Iterator[dict[str, Clip]]:
    """The ten texts as one form of the voice says them."""
    spec = spec_of(request.param)
    if request.param != "int8":
        said_twice(request.param, forms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(forms))
        try:
            prepare(spec)
        except LeafcastError as error:
            pytest.skip(f"{request.param} cannot be made here: {error}")
        if form(spec) != request.param:
            pytest.skip(f"{request.param} is not to be had here: it would be {form(spec)}")
        voice = open_voice(spec)
        yield {text: voice.speak(Utterance(text, text, text, text)) for text in TEXTS}


def told(folder: Path, profile: str, clips: dict[str, Clip]) -> list[SpokenPassage]:
    """Two texts a section, and the same sections with noise of one bit."""
    passages = tuple(
        Passage(f"p{at}", at, "A part", _parts(TEXTS[2 * at : 2 * at + 2])) for at in range(5)
    )
    bench = Bench(asked(profile), folder / "masters", Cache(folder / "cache"))
    script = Script("T", "en-GB", passages)
    spoken = master(script, lambda said: clips[said.id], Cast(VoiceSpec("k", "kokoro")), bench)
    return [*spoken.passages, *(moved(each, 1) for each in spoken.passages)]


def _parts(texts: tuple[str, ...]) -> tuple[Utterance | Pause, ...]:
    said = [part for text in texts for part in (Utterance(text, text, text, text), Pause(400))]
    return (Pause(500), *said[:-1], Pause(1000))


@pytest.mark.parametrize("profile", PROFILES)
def test_short_texts_are_in_range_as_delivered(
    tmp_path: Path, profile: str, clips: dict[str, Clip]
) -> None:
    wanted, limits = asked(profile), PROFILES[profile]
    passages = told(tmp_path, profile, clips)
    for codec, asked_of in sets_of(wanted):
        sections = encode_sections(passages, codec, asked_of, Cache(tmp_path / "cache"))
        parts = sections if codec == "mp3" else []
        for number, some in enumerate([sections, *([each] for each in parts)]):
            path = whole_file(codec, some, tmp_path)
            samples, rate = decoded(path)
            levels, (lufs, peak_dbtp) = measure_samples(samples, rate), by_ffmpeg(path)
            assert max(levels.peak_dbtp, peak_dbtp) <= wanted.peak_dbtp, (codec, number)
            if limits.tolerance_lu is None:
                assert -23 <= levels.rms_db <= -18, (codec, number)
            else:
                assert max(abs(each - wanted.target_lufs) for each in (levels.lufs, lufs)) <= 0.5


def test_two_decoders_agree_within_a_hundredth_of_a_decibel(
    tmp_path: Path, clips: dict[str, Clip]
) -> None:
    passages = told(tmp_path, "podcast", clips)[:2]
    for codec, decoder in DECODERS.items():
        sections = encode_sections(passages, codec, asked(), Cache(tmp_path / "cache"))
        path = whole_file(codec, sections, tmp_path)
        usual, rate = decoded(path)
        other = tmp_path / "other.wav"
        sound.run_ffmpeg(["-c:a", decoder, "-i", str(path), "-c:a", "pcm_f32le", str(other)])
        one, two = (measure_samples(each, rate) for each in (usual, sound.decode(other, rate)))
        assert one.peak_dbtp == pytest.approx(two.peak_dbtp, abs=0.01)
        assert one.lufs == pytest.approx(two.lufs, abs=0.01)
