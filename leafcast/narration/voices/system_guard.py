"""The process that talks to pyttsx3: `find NAME`, or `speak VOICE RATE TEXT FILE`.

It answers on its last line of output; see `system.py`.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

from leafcast.narration.voices.system import BRITISH


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    engine = open_engine()
    match arguments:
        case ["find", name]:
            answer = find_voice(engine, name)
        case ["speak", voice, rate, text, path]:
            speak(engine, voice, int(rate), (text, path))
            answer = {"file": str(Path(path).resolve(strict=True))}
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
