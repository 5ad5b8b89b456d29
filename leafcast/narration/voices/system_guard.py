"""The process that talks to pyttsx3: `find NAME`, or `speak VOICE RATE TEXT FILE`.

It answers on its last line of output; see `system.py`.
"""

from __future__ import annotations

import ctypes
import importlib.util
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from leafcast.narration.voices.system import BRITISH

EVENT_LIST_ENDS: Final = 0
EVENT_WORD: Final = 1
EVENT_CLAUSE_ENDS: Final = 5
"""espeak_EVENT_TYPE of speak_lib.h: LIST_TERMINATED, WORD, END."""


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    engine = open_engine()
    answer: dict[str, Any]
    match arguments:
        case ["find", name]:
            answer = find_voice(engine, name)
        case ["speak", voice, rate, text, path]:
            heard = hear_words(engine)
            speak(engine, voice, int(rate), (text, path))
            answer = {"file": str(Path(path).resolve(strict=True)), "heard": heard}
        case _:
            raise SystemExit("usage: find NAME | speak VOICE RATE TEXT FILE")
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


def open_engine() -> Any:
    """pyttsx3's engine for this platform; espeak from a package where the system has none."""
    if sys.platform not in ("win32", "darwin"):
        bring_espeak()
    import pyttsx3

    return pyttsx3.init()


def bring_espeak() -> None:
    """Load espeak-ng from the package espeakng-loader, so that pyttsx3 finds it by its name."""
    if importlib.util.find_spec("espeakng_loader") is None:
        return
    import espeakng_loader

    os.environ.setdefault("ESPEAK_DATA_PATH", str(espeakng_loader.get_data_path()))
    ctypes.CDLL(str(espeakng_loader.get_library_path()), mode=ctypes.RTLD_GLOBAL)


def find_voice(engine: Any, name: str) -> dict[str, str]:
    """The voice of that name, or a British one where no name is given."""
    voices = [
        (str(voice.id), f"{voice.id} {voice.name}".casefold())
        for voice in engine.getProperty("voices")
    ]
    wanted = (name.casefold(),) if name else BRITISH
    for part in wanted:
        for voice_id, words in voices:
            if part in words:
                return {"voice": voice_id}
    if not name and voices:
        return {"voice": voices[0][0]}
    return {
        "error": f"the system has no voice called “{name}”" if name else "the system has no voice"
    }


def hear_words(engine: Any) -> list[tuple[int, int]]:
    """A list that fills while espeak speaks: a sample, and the place of the word begun there.

    Places count from 1; 0 stands for the end of a clause. SAPI5 and NSSS tell when they speak
    aloud, but not where in a file, so their list stays empty.
    """
    heard: list[tuple[int, int]] = []
    espeak = sys.modules.get("pyttsx3.drivers._espeak")
    driver: Any = getattr(engine.proxy, "_driver", None)
    if espeak is None or not hasattr(driver, "_onSynth"):
        return heard

    def on_sound(samples: Any, count: int, events: Any) -> int:
        for event in itertools.takewhile(lambda e: e.type != EVENT_LIST_ENDS, _each(events)):
            if event.type in (EVENT_WORD, EVENT_CLAUSE_ENDS):
                place = event.text_position if event.type == EVENT_WORD else 0
                heard.append((int(event.sample), int(place)))
        return int(driver._onSynth(samples, count, events))

    espeak.SetSynthCallback(on_sound)
    return heard


def _each(events: Any) -> Iterator[Any]:
    return (events[at] for at in itertools.count())


def speak(engine: Any, voice: str, rate: int, work: tuple[str, str]) -> None:
    """Say `text` into `path`, and wait until it is there."""
    text, path = work
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate)
    engine.save_to_file(text, path)
    engine.runAndWait()
    espeak = sys.modules.get("pyttsx3.drivers._espeak")
    if espeak is not None:
        espeak.Synchronize()


if __name__ == "__main__":
    main(sys.argv[1:])
