"""A voice by a short British text with numbers and names, to choose by ear."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from leafcast.document.errors import VoiceError
from leafcast.narration.casting import ready_voices
from leafcast.narration.lexicon import read_lexicon
from leafcast.narration.model import Cast, Passage, Script, Utterance, VoiceSpec
from leafcast.narration.pauses import Part, pause
from leafcast.narration.spoken import spoken_text
from leafcast.narration.voice_pool import VoicePool, voice_missing
from leafcast.narration.voices.specs import choose_voice, read_voices
from leafcast.practice.project import Project
from leafcast.state.cache import Cache, write_beside

SAMPLE: Final = (
    "Hello. This is how I sound when I read a leaflet aloud.",
    "Talking with somebody who listens can make a hard time easier to bear.",
    "The first session is on Monday 2 March 2026 at 5.30pm, and costs £60.",
    "Sarah trained in Gloucester and in Leeds; she reads Klein, Freud and Winnicott.",
    "You can call Samaritans at any hour, free, on 116 123.",
)
SILENT: Final = "tone"
"""The engine that says no words, and is left out where all are meant."""


def sample_utterances(project: Project, spec: VoiceSpec) -> tuple[Utterance, ...]:
    """The sample as this voice reads it."""
    lexicon = read_lexicon(project, spec)
    return tuple(
        Utterance(f"sample-{number}", spoken_text(words, lexicon), words)
        for number, words in enumerate(SAMPLE, 1)
    )


def write_sample(project: Project, spec: VoiceSpec, folder: Path, voices: VoicePool) -> Path:
    """`folder`/<name>.wav: the sample, 16 bit, levelled as the narration is.

    Raises VoiceError where the voice cannot say it, OSError where it cannot be written.
    """
    from leafcast.narration.clips import clip_key, read_clip
    from leafcast.narration.sound.mastering import Bench, master
    from leafcast.narration.voices import fingerprint

    utterances = sample_utterances(project, spec)
    cache, prints = Cache(project.work / "cache"), fingerprint(spec)
    voiced = voice_missing(utterances, spec, cache, voices)
    if voiced.findings:
        raise VoiceError(voiced.findings[0].message, voiced.findings[0].fix)
    parts: list[Part] = [pause("start")]
    for said in utterances:
        parts += [said, pause("sentence")]
    script = Script(spec.name, "en-GB", (Passage("sample", 1, spec.name, tuple(parts)),))
    project.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=project.work, prefix="sample-") as bench:
        narration = master(
            script,
            lambda said: read_clip(cache, clip_key(prints, said)),
            Cast(spec),
            Bench(project.practice.sound, Path(bench), cache),
        )
        sound = Path(narration.passages[0].master).read_bytes()
    path = folder / f"{spec.name}.wav"
    write_beside(path, sound)
    return path


def sampled_voices(project: Project, names: tuple[str, ...]) -> tuple[VoiceSpec, ...]:
    """The voices called `names`; `all` are those that are ready and say words.

    Raises UsageError for one that does not exist.
    """
    voices = read_voices(project)
    chosen: dict[str, VoiceSpec] = {}
    for name in names:
        if name == "all":
            ready = (voices[each] for each in ready_voices(project))
            chosen |= {spec.name: spec for spec in ready if spec.engine != SILENT}
        else:
            chosen[name] = choose_voice(name, project)
    return tuple(chosen.values())
