"""Recordings and choices, each with the section and sentence it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from leafcast.document.report import Finding, Place, Severity
from leafcast.narration.model import Passage, Script
from leafcast.narration.takes.choices import THE_AUTHOR, Choices, SectionChoices, read_choices
from leafcast.narration.takes.files import CHOICES_FILE, SoundFile, TakeFiles
from leafcast.narration.takes.names import find_passage, find_sentence, sentence_names
from leafcast.practice.settings import nearest

SAVE_AS: Final = "Save it as WAV, MP3, M4A or FLAC"


@dataclass(frozen=True, slots=True)
class PassageTakes:
    """What was recorded of one passage, and what the owner decided.

    `retakes` and `uses` are pairs with the sentence's id.
    """

    take: SoundFile | None = None
    retakes: tuple[tuple[str, SoundFile], ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    announcements: str = "heard"
    anyway: bool = False

    def __bool__(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.take or self.retakes)


@dataclass(frozen=True, slots=True)
class MatchedTakes:
    """All recordings of an article by passage, and findings about those that fit nowhere."""

    reader: str = THE_AUTHOR
    passages: tuple[tuple[str, PassageTakes], ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, passage_id: str) -> PassageTakes:
        """What was recorded of a passage."""
        return dict(self.passages).get(passage_id, PassageTakes())


def match_takes(files: TakeFiles, script: Script, shown: str) -> MatchedTakes:
    """Every recording with its place. Raises SettingsError for a slip in takes.toml.

    `shown` is how the owner knows the folder.
    """
    if not files:
        return MatchedTakes()
    choices = read_choices(files.folder, shown)
    sorter = _Sorter(script, choices, f"{shown}/{CHOICES_FILE}")
    sorter.sections(files.sections)
    sorter.sentences(files.sentences)
    sorter.choices()
    sorter.findings += [_strange(file) for file in files.strange]
    passages = tuple((key, takes) for key, takes in sorter.shelves.items() if takes)
    return MatchedTakes(choices.reader, passages, tuple(sorter.findings))


class _Sorter:
    """Puts files to passages and sentences, and gathers what fits nowhere."""

    def __init__(self, script: Script, choices: Choices, toml: str) -> None:
        self.script = script
        self.made = choices
        self.toml = toml
        self.by_id = {passage.id: passage for passage in script.passages}
        self.shelves = {
            key: PassageTakes(announcements=choices.announcements) for key in self.by_id
        }
        self.findings: list[Finding] = []

    def sections(self, files: Iterable[SoundFile]) -> None:
        """A take a section; of two the first by name is used."""
        for file in files:
            path = PurePosixPath(file.shown)
            passage_id = find_passage(path.stem, self.script)
            if passage_id is None:
                self.findings.append(_no_section(file.shown, path.stem, self.by_id))
            elif first := self.shelves[passage_id].take:
                self.findings.append(_two_of(file, first, f"the section “{passage_id}”"))
            else:
                self.shelves[passage_id] = replace(self.shelves[passage_id], take=file)

    def sentences(self, files: Iterable[SoundFile]) -> None:
        """A retake a sentence, in the folder of its section."""
        for file in files:
            path = PurePosixPath(file.shown)
            passage_id = find_passage(path.parent.name, self.script)
            if passage_id is None:
                self.findings.append(_no_section(file.shown, path.parent.name, self.by_id))
                continue
            sentence = find_sentence(path.stem, self.by_id[passage_id])
            retakes = dict(self.shelves[passage_id].retakes)
            if sentence is None:
                self.findings.append(_no_sentence(file.shown, path.stem, self.by_id[passage_id]))
            elif sentence in retakes:
                self.findings.append(_two_of(file, retakes[sentence], "the same sentence"))
            else:
                kept = self.shelves[passage_id]
                pairs = (*kept.retakes, (sentence, file))
                self.shelves[passage_id] = replace(kept, retakes=pairs)

    def choices(self) -> None:
        """What takes.toml says of sections and sentences."""
        for key, choice, line in self.made.sections:
            passage_id = find_passage(key, self.script)
            if passage_id is None:
                self.findings.append(_no_section(self.toml, key, self.by_id, line))
                continue
            uses = tuple(self._uses(self.by_id[passage_id], choice))
            self.shelves[passage_id] = replace(
                self.shelves[passage_id],
                uses=uses,
                announcements=choice.announcements,
                anyway=choice.anyway,
            )

    def _uses(self, passage: Passage, choice: SectionChoices) -> Iterator[tuple[str, str]]:
        for key, use in choice.sentences:
            sentence = find_sentence(key, passage)
            if sentence is None:
                self.findings.append(_no_sentence(self.toml, key, passage))
            else:
                yield sentence, use


# ---------------------------------------------------------------- findings


def _no_section(
    shown: str, name: str, known: Mapping[str, Passage], line: int | None = None
) -> Finding:
    return Finding(
        "take-of-no-section",
        Severity.WARNING,
        f"There is no section called “{name}”, so this is not used",
        nearest(name, known),
        Place(shown, line),
    )


def _no_sentence(shown: str, name: str, passage: Passage) -> Finding:
    return Finding(
        "take-of-no-sentence",
        Severity.WARNING,
        f"“{name}” is no sentence of “{passage.title}” as it stands now, so this is not used",
        nearest(name, sentence_names(passage).values()),
        Place(shown),
    )


def _two_of(file: SoundFile, first: SoundFile, what: str) -> Finding:
    return Finding(
        "two-takes",
        Severity.WARNING,
        f"{PurePosixPath(first.shown).name} and this are both for {what}; this is not used",
        "Keep the one you like, and move the other out of the folder",
        Place(file.shown),
    )


def _strange(file: SoundFile) -> Finding:
    return Finding(
        "take-of-another-kind",
        Severity.WARNING,
        f"{PurePosixPath(file.shown).suffix.upper()[1:]} is not a kind of recording that is "
        "taken, so this is not used",
        SAVE_AS,
        Place(file.shown),
    )
