"""What holds for every format: each sentence is shown as the article has it, and is heard once,
in the order of reading, inside its sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from leafcast.checks.sync.found import Fault, Heard, Telling
from leafcast.document.article import Article, article_sentences, walk_sections
from leafcast.narration.footnotes import note_sentences, told_sentences

OWN = "book_"
"""What begins so is the book's own, and no sentence of the article."""


def sync_faults(article: Article, footnotes: str, telling: Telling) -> Iterator[Fault]:
    """Everything in which a format falls short of its article and its sound."""
    yield from telling.faults
    yield from _order_faults(article, footnotes, telling)
    yield from _time_faults(telling)
    yield from _words_faults(article, footnotes, telling)


# ---------------------------------------------------------------- what is heard


def targets(article: Article, heard: Iterable[str]) -> list[str]:
    """What is shown while each id is heard, in order: its sentence, or, where a section is said
    otherwise than it is written, all of that section.
    """
    known = {sentence.id for sentence in article_sentences(article)}
    known |= {section.id for section in walk_sections(article.sections)}
    headings = {
        section.heading.sentences[0].id: section.id for section in walk_sections(article.sections)
    }
    anchor = f"{OWN}introduction"
    found: list[str] = []
    for id in heard:
        anchor = headings.get(id, anchor)
        target = id if id in known or id.startswith(OWN) else anchor
        if target != anchor or found[-1:] != [target]:
            found.append(target)
    return [target for target in found if not target.startswith(OWN)]


def _order_faults(article: Article, footnotes: str, telling: Telling) -> Iterator[Fault]:
    if telling.silent:
        return
    wanted = targets(article, (each.id for each in told_sentences(article, footnotes)))
    played = targets(article, (each.target for each in telling.heard))
    texts = {sentence.id: f"“{sentence.text}”" for sentence in article_sentences(article)}
    for target in (each for each in wanted if each not in set(played)):
        yield Fault("not-heard", f"{texts.get(target, target)} is never heard")
    for target, count in Counter(played).items():
        if target not in set(wanted):
            yield Fault("not-to-hear", f"{texts.get(target, target)} is heard, and should not be")
        elif count > 1:
            yield Fault("heard-twice", f"{texts.get(target, target)} is heard {count} times")
    first = [each for each in dict.fromkeys(played) if each in set(wanted)]
    order = [each for each in wanted if each in set(first)]
    for target, instead in zip(order, first, strict=False):
        if target != instead:
            yield Fault("order-wrong", f"{texts.get(instead, instead)} is heard out of its order")
            return


def _time_faults(telling: Telling) -> Iterator[Fault]:
    for each in telling.heard:
        if each.sound not in telling.sounds:
            yield Fault(
                "sound-missing", f"{each.sound}, in which {each.target} is heard, is missing"
            )
        elif not 0 <= each.start < each.end:
            yield Fault("times-wrong", f"{each.target} is heard from {each.start} to {each.end} ms")
        elif each.end > telling.sounds[each.sound]:
            yield Fault(
                "past-the-end",
                f"{each.target} is heard until {each.end:.0f} ms of {each.sound}, which ends at "
                f"{telling.sounds[each.sound]:.0f} ms",
            )
    for before, after in pairwise(telling.heard):
        if before.sound == after.sound and after.start < before.end:
            yield Fault("overlap", f"{after.target} begins before {before.target} has ended")


# ---------------------------------------------------------------- what is shown


def _words_faults(article: Article, footnotes: str, telling: Telling) -> Iterator[Fault]:
    wanted = {sentence.id: sentence.text for sentence in article_sentences(article)}
    if telling.captions:
        told = {sentence.id for sentence in told_sentences(article, footnotes)}
        wanted = {id: words for id, words in wanted.items() if id in told}
    shown = dict(telling.shown)
    for id, words in wanted.items():
        if id not in shown:
            yield Fault("not-shown", f"“{words}” is not shown")
        elif shown[id] != words:
            yield Fault("words-differ", f"It shows “{shown[id]}” for “{words}”")
    if len(shown) != len(telling.shown):
        yield Fault("shown-twice", "A sentence is shown twice")
    notes = {s.id for note in article.notes for s in note_sentences(note)}
    body = [id for id in wanted if footnotes != "in place" or id not in notes]
    read = [id for id, _ in telling.shown if id in set(body)]
    if read != [id for id in body if id in set(read)]:
        yield Fault("reading-order", "The sentences are not shown in the article's order")


# ---------------------------------------------------------------- one sound, many formats


def apart_faults(telling: Telling, transcript: Telling, slack_ms: float) -> Iterator[Fault]:
    """A clip that does not hold its sentence, as the transcript has it.

    Each sound of the format is a part of the transcript's one sound, in their order.
    """
    cues = {each.target: each for each in transcript.heard}
    begins = dict(_begins(telling))
    for each in telling.heard:
        cue = cues.get(each.target)
        if cue and each.sound in begins:
            at = begins[each.sound]
            early = cue.start - (at + each.start)
            if early < -slack_ms or (early > slack_ms and not telling.leads):
                yield Fault("apart", f"{each.target} starts {-early:.0f} ms after its sentence")
            if at + each.end < cue.end - slack_ms:
                yield Fault("cut-off", f"{each.target} ends before its sentence does")


def _begins(telling: Telling) -> Iterator[tuple[str, float]]:
    """When each sound begins, in milliseconds from the start of the first."""
    at = 0.0
    for sound in dict.fromkeys(each.sound for each in telling.heard):
        if sound in telling.sounds:
            yield sound, at
            at += telling.sounds[sound]


def heard_of(times: Iterator[tuple[str, float, float]], sound: str) -> tuple[Heard, ...]:
    """Clips of one sound."""
    return tuple(Heard(id, sound, start, end) for id, start, end in times)
