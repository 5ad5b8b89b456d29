"""Looks a passage's recordings over, from the files to the samples that are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.model import Clip, Passage, Utterance
from leafcast.narration.pauses import Part as Told
from leafcast.narration.takes.acoustics import listen, told_times
from leafcast.narration.takes.align import Reading
from leafcast.narration.takes.choose import (
    LEFT_OUT,
    NOT_POSSIBLE,
    RETAKE,
    TAKE,
    VOICE,
    Decider,
    Decision,
    Hearing,
    hold,
    quote,
    told_changes,
)
from leafcast.narration.takes.cutting import bursts, end_of, quietest, start_of
from leafcast.narration.takes.decode import Recording, open_recording
from leafcast.narration.takes.estimate import guessed_parts
from leafcast.narration.takes.files import SoundFile
from leafcast.narration.takes.frames import Frames, frames_of
from leafcast.narration.takes.listener import Listener
from leafcast.narration.takes.match import PassageTakes
from leafcast.narration.takes.speakers import WORDS_A_MINUTE, Part, PassageReading
from leafcast.narration.takes.words import Sounded, said_as, sounded
from leafcast.narration.timing import seconds as lasts
from leafcast.state.cache import Cache

ANOTHER: Final = 0.2
"""A take with fewer of its sentences is a take of something else."""
TRUSTED: Final = 3
"""With fewer sentences than this, one may simply be missing."""


def look_over(
    passage: Passage, takes: PassageTakes, listener: Listener | None, lack: str, cache: Cache
) -> PassageReading:
    """How a passage is read, as `listener` hears it; `lack` says why there is none.

    Raises ToolMissing without ffmpeg.
    """
    return _Review(passage, takes, listener, lack, cache).look_over()


class _Review:
    """One passage's recordings, opened."""

    def __init__(
        self,
        passage: Passage,
        takes: PassageTakes,
        listener: Listener | None,
        lack: str,
        cache: Cache,
    ) -> None:
        self.passage = passage
        self.takes = takes
        self.listener, self.lack = listener, lack
        self.cache = cache
        self.findings: list[Finding] = []
        self.by_id = {each.id: each for each in passage.utterances}
        self.known = frozenset(
            word for each in self.by_id.values() for word in said_as(each.spoken)
        )

    def look_over(self) -> PassageReading:
        """Everything in turn; a take that cannot be used leaves the section to the voice."""
        take = self._open(self.takes.take, self.passage.parts) if self.takes.take else None
        frames = frames_of(take.samples, take.rate) if take else None
        retakes = dict(self._retakes())
        if take and frames:
            self.findings += listen(take, frames)
        if take and frames and not self.listener:
            self._tell_not_listened(take.file, retakes=len(retakes))
            parts = guessed_parts(self.passage, frames)
        else:
            parts = self._decided(take, frames, retakes)
        tone = quietest(frames) if frames else (0, 0)
        rate = take.rate if take else 1
        seconds = sum(p.end - p.start for p in parts if p.source == TAKE) / rate
        return PassageReading(
            self.passage.id, parts, tone, seconds, self._again(parts), tuple(self.findings)
        )

    def _open(self, file: SoundFile, said: Sequence[Told]) -> Recording | None:
        expected = lasts(said, WORDS_A_MINUTE)
        recording, findings = open_recording(file, expected, anyway=self.takes.anyway)
        self.findings += findings
        return recording

    def _again(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """The article's sentences that the voice says although the section was recorded."""
        if self.takes.take is None:
            return ()
        chosen = {sentence for sentence, use in self.takes.uses if use == VOICE}
        return tuple(
            part.utterance
            for part in parts
            if part.source == VOICE
            and self.by_id[part.utterance].sentence_id
            and part.utterance not in chosen
        )

    # ------------------------------------------------------------ retakes

    def _retakes(self) -> Iterator[tuple[str, Part]]:
        """Each sentence recorded by itself, from its first sound to its last."""
        uses = dict(self.takes.uses)
        for sentence, file in self.takes.retakes:
            utterance = self.by_id[sentence]
            recording = self._open(file, (utterance,))
            if recording is None:
                continue
            frames = frames_of(recording.samples, recording.rate)
            self.findings += listen(recording, frames)
            if self.listener and not self._says(recording, utterance, uses.get(sentence, "")):
                continue
            speech = frames.stretches(speech=True) or [(0, len(recording.samples))]
            start = start_of(frames, speech[0][0], 0)
            end = end_of(frames, speech[-1], len(recording.samples))
            yield sentence, self._marked(Part(sentence, RETAKE, start, end), recording)

    def _says(self, recording: Recording, utterance: Utterance, use: str) -> bool:
        """Whether a retake says its sentence; the owner may insist."""
        assert self.listener is not None
        heard = sounded(self.listener.words(recording, self.cache), self.known)
        held = hold(Reading(0, 0, len(heard) - 1, 0), said_as(utterance.spoken), heard)
        if held.good or use == RETAKE:
            return True
        self.findings.append(
            Finding(
                "retake-says-another",
                Severity.WARNING,
                f"This is to be “{quote(utterance.shown)}”, and says something else, so it is not "
                f"used: {told_changes(held.changes)}",
                "Record it again, or rename it; if it does say so, write "
                f'"{utterance.id}" = "retake" under [{self.passage.id}.sentences] in takes.toml',
                Place(recording.file.shown),
            )
        )
        return False

    # ------------------------------------------------------------ the take

    def _decided(
        self, take: Recording | None, frames: Frames | None, retakes: dict[str, Part]
    ) -> tuple[Part, ...]:
        """A part for each utterance, as decided."""
        hearing = None
        if take and self.listener:
            words = sounded(self.listener.words(take, self.cache), self.known)
            hearing = Hearing(take.file, words, take.rate, self._again_in(take))
        decider = Decider(self.passage, self.takes, hearing)
        decisions = decider.decide(frozenset(retakes))
        if take and self._is_another(decisions, decider):
            return ()
        possible = [f for f in decider.findings if take or f.code == NOT_POSSIBLE]
        self.findings += possible
        parts = tuple(self._part(each, decider, frames, retakes) for each in decisions)
        if take and frames:
            parts = self._joined(parts, decisions, frames, take)
        return parts

    def _again_in(self, take: Recording) -> Callable[[int, int], tuple[Sounded, ...]] | None:
        """What listens once more to a stretch of the take."""
        once_more = self.listener.once_more if self.listener else None
        if once_more is None:
            return None
        return lambda start, end: sounded(
            once_more(Clip(take.rate, take.samples[start:end])), self.known
        )

    def _is_another(self, decisions: Sequence[Decision], decider: Decider) -> bool:
        """Whether hardly a sentence was found, which is told once and not sentence by sentence."""
        own = [each for each in decisions if each.utterance.sentence_id]
        hers = [each for each in own if each.source in (TAKE, RETAKE)]
        chosen = {sentence for sentence, use in self.takes.uses if use == VOICE}
        wanted = [each for each in own if each.utterance.id not in chosen]
        if len(wanted) < TRUSTED or len(hers) > ANOTHER * len(wanted):
            return False
        assert self.takes.take is not None
        heard = " ".join(word.word for word in decider.hearing.words) if decider.hearing else ""
        said = f"; it begins “{quote(heard)}”" if heard else ""
        self.findings.append(
            Finding(
                "take-says-another",
                Severity.WARNING,
                f"This recording does not say “{self.passage.title}” as it is written, so the "
                f"voice reads it{said}",
                "See that the file has the name of its section; the record sheet says which",
                Place(self.takes.take.shown),
            )
        )
        return True

    def _part(
        self,
        decision: Decision,
        decider: Decider,
        frames: Frames | None,
        retakes: dict[str, Part],
    ) -> Part:
        utterance = decision.utterance
        if decision.source == RETAKE:
            return retakes[utterance.id]
        if decision.source != TAKE or frames is None or decider.hearing is None:
            return Part(utterance.id, decision.source)
        words = decider.hearing.words
        before = words[decision.first - 1].end if decision.first else 0
        after = (
            words[decision.last + 1].start
            if decision.last + 1 < len(words)
            else len(frames.full) * frames.step
        )
        middle_before = (before + words[decision.first].start) // 2 if decision.first else 0
        start = start_of(frames, words[decision.first].start, min(before, middle_before))
        last = words[decision.last]
        end = end_of(frames, (last.start, last.end), max(after, last.end))
        return Part(utterance.id, TAKE, start, max(end, start + frames.step))

    def _joined(
        self,
        parts: Sequence[Part],
        decisions: Sequence[Decision],
        frames: Frames,
        take: Recording,
    ) -> tuple[Part, ...]:
        """Parts with their words, and whether her own pause leads from one to the next."""
        done: list[Part] = []
        coughs = []
        before: tuple[Part, Decision] | None = None
        for part, decision in zip(parts, decisions, strict=True):
            if part.source == LEFT_OUT:
                done.append(part)
                continue
            if part.source == TAKE and before and before[0].source == TAKE:
                follows = before[1].last + 1 == decision.first
                if follows and part.start < before[0].end:
                    part = replace(part, start=before[0].end)
                cough = follows and bursts(frames, before[0].end, part.start)
                coughs += [before[0].end / frames.rate] if cough else []
                part = replace(part, joins=follows and not cough)
            if part.source == TAKE:
                part = self._marked(part, take)
            done.append(part)
            before = part, decision
        if coughs:
            self._tell_coughs(coughs, take.file)
        return tuple(done)

    def _marked(self, part: Part, recording: Recording) -> Part:
        """A part with the places of its words, where they can be found."""
        if not self.listener:
            return part
        clip = Clip(recording.rate, recording.samples[part.start : part.end])
        return replace(part, words=self.listener.marks(clip, self.by_id[part.utterance].spoken))

    # ------------------------------------------------------------ findings

    def _tell_coughs(self, seconds: Sequence[float], file: SoundFile) -> None:
        self.findings.append(
            Finding(
                "take-noise-left-out",
                Severity.ADVICE,
                f"A sound between two sentences is left out ({told_times(seconds)})",
                "Nothing need be done",
                Place(file.shown),
            )
        )

    def _tell_not_listened(self, file: SoundFile, *, retakes: int) -> None:
        lost = "; the retakes of its sentences have no place and are not used" if retakes else ""
        self.findings.append(
            Finding(
                "take-not-listened-to",
                Severity.NOT_CHECKED,
                "This recording is used as it is; nobody listened whether it says the article "
                f"word for word, and when each sentence is heard is guessed{lost}: {self.lack}",
                "pip install 'leafcast[listen]', and build again",
                Place(file.shown),
            )
        )
