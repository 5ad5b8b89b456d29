"""What a narration is made of.

    Script      what is said and paused, section by section     write_script(article, practice)
    Clip        one utterance as sound                           Voice.speak(utterance)
    Narration   the clips in their places on one timeline        master(script, clips)

Inside, time is whole samples; a format that wants seconds or milliseconds converts at its edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:  # a build with nothing to do reads scripts, and must not wait for numpy
    import numpy as np
    import numpy.typing as npt

# ---------------------------------------------------------------- script


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing a voice says in one breath: a sentence of the article, or an announcement.

    `spoken` is the text as a voice must read it; `shown` is the text as the article shows it.
    `sentence_id` is the article's sentence, or None for what the article does not say.
    `voice` is the name of the voice that has this part, or "" for the article's own.
    """

    id: str
    spoken: str
    shown: str = ""
    sentence_id: str | None = None
    language: str = "en-GB"
    voice: str = ""


PauseReason = Literal[
    "start", "column", "cell", "sentence", "slowly", "list point", "row", "announcement",
    "paragraph", "contact", "after a heading", "end", "before a heading", "before the closing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence of `ms` milliseconds; `reason` is for people who read the script."""

    ms: int
    reason: PauseReason | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes one sound file: the introduction, or one section with its sub-sections.

    `number` counts from 1; `id` is the section's id, or `introduction`.
    """

    id: str
    number: int
    title: str
    parts: tuple[Utterance | Pause, ...]

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """What is said in this passage, without the pauses."""
        return tuple(part for part in self.parts if isinstance(part, Utterance))


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that is said, in order."""

    title: str
    language: str
    passages: tuple[Passage, ...]

    @property
    def utterances(self) -> Iterator[Utterance]:
        """Everything that is said, in order, without the pauses."""
        return (utterance for passage in self.passages for utterance in passage.utterances)


# ---------------------------------------------------------------- voices


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """A voice as voices.toml names it; plain data that travels to worker processes.

    `engine` is a key of VOICES. `settings` are sorted pairs that the engine understands.
    `folders` are where voice data may lie, nearest first. `synthetic` is False only for a person.
    `accent` is for people who choose a voice, in words; it decides nothing.
    """

    name: str
    engine: str
    settings: tuple[tuple[str, str | float | int | bool], ...] = ()
    folders: tuple[str, ...] = ()
    synthetic: bool = True
    accent: str = ""

    def setting(self, key: str, default: str | float | int | bool) -> str | float | int | bool:
        """The setting `key`, or `default` where voices.toml does not give it."""
        return dict(self.settings).get(key, default)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: the article's own voice, and the voices that the source gives a part."""

    own: VoiceSpec
    parts: tuple[VoiceSpec, ...] = ()

    @property
    def voices(self) -> tuple[VoiceSpec, ...]:
        """Every voice once, the article's own first."""
        return tuple(dict.fromkeys((self.own, *self.parts)))

    def voice_of(self, utterance: Utterance) -> VoiceSpec:
        """The voice that says `utterance`. Raises KeyError for one that has no part."""
        if not utterance.voice:
            return self.own
        return {voice.name: voice for voice in self.parts}[utterance.voice]


@dataclass(frozen=True, slots=True)
class WordMark:
    """When a word is heard in its clip, in samples, and its place in the spoken text.

    The words are those of `words.spoken_words`, in order; one that is not heard has no mark.
    """

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One utterance as mono sound: float32 samples, full scale ±1.0, `rate` in Hz."""

    rate: int
    samples: npt.NDArray[np.float32]
    words: tuple[WordMark, ...] = field(default=())

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


class Voice(Protocol):
    """An engine that is ready to speak. It lives in one worker process."""

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance. Raises VoiceError when it cannot."""
        ...


# ---------------------------------------------------------------- narration


@dataclass(frozen=True, slots=True)
class WordCue:
    """When one word is heard: samples from the start of the episode.

    `text_start` and `text_end` are its place in the text of its cue.
    """

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """When one sentence of the article is heard: samples from the start of the episode.

    `words` are in order and do not overlap; there are none where the voice could not say when.
    """

    sentence_id: str
    text: str
    start: int
    end: int
    words: tuple[WordCue, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """When something is heard that is no sentence of the article, in samples, and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SpokenPassage:
    """One passage on the episode's timeline, in samples; `master` is its WAV (16 bit mono).

    `announced` is what is heard and is no sentence of the article, in order.
    """

    id: str
    number: int
    title: str
    start: int
    end: int
    cues: tuple[Cue, ...]
    master: str
    announced: tuple[Announcement, ...] = ()


@dataclass(frozen=True, slots=True)
class Narration:
    """The whole narration: its passages on one timeline at `rate` Hz."""

    title: str
    language: str
    voice: str
    synthetic: bool
    rate: int
    passages: tuple[SpokenPassage, ...]

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue of the episode, in order."""
        return tuple(cue for passage in self.passages for cue in passage.cues)

    @property
    def seconds(self) -> float:
        """How long the episode lasts."""
        return self.passages[-1].end / self.rate if self.passages else 0.0
