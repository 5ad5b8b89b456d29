"""Who reads what: the article's own voice, and those that its `voice:` marks name.

A voice that does not exist, or is not ready on this machine, is a finding at its mark; the
article's own voice then reads its part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leafcast.document.article import Article, Quote, VoiceMark, article_blocks, walk_sections
from leafcast.document.report import Finding, Severity
from leafcast.narration.heard import as_heard
from leafcast.narration.model import Cast, VoiceSpec
from leafcast.narration.pace import Pace, at_pace
from leafcast.narration.voices import unavailable
from leafcast.narration.voices.specs import choose_voice, read_voices
from leafcast.practice.project import Project
from leafcast.practice.settings import nearest


def cast_article(
    project: Project, article: Article, voice: str, pace: Pace
) -> tuple[Cast, tuple[Finding, ...]]:
    """The cast of `article` at `pace`, and what is wrong with its marks.

    `voice` is asked for on the command line; else the article's front matter decides, else
    practice.toml. Raises UsageError where `voice`, or that of practice.toml, does not exist.
    """
    voices = read_voices(project)
    own = choose_voice(voice or project.practice.sound.voice, project)
    findings: list[Finding] = []
    if article.narrator and not voice:
        own = _cast(article.narrator, voices, findings) or own
    parts: dict[str, VoiceSpec] = {}
    for mark in _marks(article):
        if mark.name != own.name and (spec := _cast(mark, voices, findings)):
            parts[mark.name] = at_pace(spec, pace)
    return Cast(at_pace(own, pace), tuple(parts.values())), tuple(findings)


def ready_voices(project: Project) -> tuple[str, ...]:
    """The names of the voices that this machine has; those that say no words stand last."""
    ready = [spec for spec in read_voices(project).values() if not unavailable(spec)]
    return tuple(spec.name for spec in sorted(ready, key=lambda spec: spec.engine == "tone"))


def _marks(article: Article) -> Iterator[VoiceMark]:
    """Every mark that names a voice for what is heard."""
    heard = as_heard(article)
    marks = [heard.voice, *(section.voice for section in walk_sections(heard.sections))]
    marks += [block.voice for block in article_blocks(heard) if isinstance(block, Quote)]
    return filter(None, marks)


def _cast(
    mark: VoiceMark, voices: Mapping[str, VoiceSpec], findings: list[Finding]
) -> VoiceSpec | None:
    """The voice that a mark names; None, and a finding, where it cannot be had."""
    spec = voices.get(mark.name)
    if spec is None:
        findings.append(
            Finding(
                "no-such-voice",
                Severity.WARNING,
                f"There is no voice called “{mark.name}”; the usual voice reads this for now",
                nearest(mark.name, voices),
                mark.place,
            )
        )
        return None
    if lack := unavailable(spec):
        findings.append(
            Finding(
                "voice-not-here",
                Severity.WARNING,
                f"The voice “{spec.name}” is not on this machine: {lack}; "
                "the usual voice reads this for now",
                "The command `voices` lists those that are ready",
                mark.place,
            )
        )
        return None
    return spec
