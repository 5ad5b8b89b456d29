"""What recordings are called: a section by its id or number, a sentence by its number and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from leafcast.document.identify import slugify
from leafcast.narration.model import Passage, Script, Utterance

WORDS_IN_A_NAME: Final = 4
LONGEST_NAME: Final = 40
NUMBERED: Final = re.compile(r"(\d{1,3})(?:[-_ .]+(.*))?\Z")


def sentences_of(passage: Passage) -> tuple[Utterance, ...]:
    """The article's own sentences of a passage, in the order they are read."""
    return tuple(each for each in passage.utterances if each.sentence_id and each.spoken)


def sentence_names(passage: Passage) -> dict[str, str]:
    """The file name of each sentence, without its suffix, by the sentence's id: 07-you-sit-down.

    The number is for whoever reads the sheet. The words find the sentence again when others were
    added before it.
    """
    return {
        sentence.id: f"{number:02}-{_few_words(sentence.shown)}".rstrip("-")
        for number, sentence in enumerate(sentences_of(passage), 1)
    }


def _few_words(shown: str) -> str:
    words = slugify(shown.replace("-", " ")).split("-")[:WORDS_IN_A_NAME]
    return "-".join(words)[:LONGEST_NAME].rstrip("-")


def find_sentence(name: str, passage: Passage) -> str | None:
    """The id of the sentence that a file name, or a key of takes.toml, means; None for none.

    An id, a number, a number with the sentence's first words, or the words alone. Words win over
    the number; words that begin several sentences need it.
    """
    names = sentence_names(passage)
    wanted = slugify(name)
    if wanted in names:
        return wanted
    numbered = NUMBERED.match(wanted)
    number = int(numbered[1]) if numbered else None
    words = (numbered[2] or "") if numbered else wanted
    if not words:
        return next((key for key, each in names.items() if int(each[:2]) == number), None)
    meant = [key for key, each in names.items() if each.partition("-")[2] == words]
    exact = [key for key in meant if number is not None and names[key] == f"{number:02}-{words}"]
    return next(iter(exact or (meant if len(meant) == 1 else [])), None)


def find_passage(name: str, script: Script) -> str | None:
    """The id of the passage that a file, folder or table of takes.toml means; None for none.

    Its id, its title, its number, or number and id as the section masters are called.
    """
    wanted = slugify(name)
    ids = _ids(script.passages)
    if wanted in ids:
        return ids[wanted]
    numbered = NUMBERED.match(wanted)
    if not numbered:
        return None
    if numbered[2]:
        return ids.get(numbered[2])
    return next((each.id for each in script.passages if each.number == int(numbered[1])), None)


def _ids(passages: Iterable[Passage]) -> Mapping[str, str]:
    """Every way to write an id: itself, as the masters cut it, and the title's words."""
    known: dict[str, str] = {}
    for passage in passages:
        for name in (passage.id, passage.id[:80].rstrip("-"), slugify(passage.title)):
            known.setdefault(name, passage.id)
    return known
