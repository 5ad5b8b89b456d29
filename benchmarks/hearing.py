"""Does the ear hear one wrong word? Sentences said with it, and as they are written.

The default voice says each text of one_word.txt, and the article. What is listened for is the
script's sentence: each fault is to be found, and nothing in what is said as it is written.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Figure, Lines, practice
from benchmarks.telling import telling_of
from leafcast.narration.listening.proof import Heard, proof
from leafcast.narration.model import Utterance
from leafcast.narration.voices import open_voice

ROWS = Path(__file__).with_name("one_word.txt")


def rows() -> list[tuple[str, str]]:
    """The sentences of one_word.txt: as the script has them, and as they are said."""
    lines = ROWS.read_text("utf-8").splitlines()
    pairs = (line.split(" | ") for line in lines if not line.startswith("#"))
    return [(script, said) for script, said in pairs]


def hearing() -> Iterator[Figure | Lines]:
    """How many of the faults are found, and how often what is right is taken for one."""
    began = time.process_time()
    with practice(voice="kokoro") as folder:
        telling = telling_of(folder)
    voice = open_voice(telling.cast.own)

    def heard(script: Utterance, said: Utterance) -> Heard:
        return proof(voice.speak(said), script)

    texts = [(utterance(script), utterance(said)) for script, said in rows()]
    missed = [said for script, said in texts if not heard(script, said).differences]
    article = [each for each in dict.fromkeys(telling.script.utterances) if each.spoken]
    right = [*(script for script, _ in texts), *article]
    alarms = [each for each in right if heard(each, each).differences]
    yield Lines(tuple(f"not found: {each.spoken}" for each in missed))
    yield Lines(tuple(f"false alarm: {each.spoken}" for each in alarms))
    yield Figure("faults of one word", len(texts), "", least=30)
    yield Figure("faults of one word: not found", len(missed), "", 0)
    yield Figure("sentences said as they are written", len(right), "", least=100)
    yield Figure("false alarms in a hundred of them", 100 * len(alarms) / len(right), "", 1)
    yield Figure("speaking and listening: CPU", time.process_time() - began, "s")


def utterance(text: str) -> Utterance:
    """A sentence as it is shown and said."""
    return Utterance("u", text, text)
