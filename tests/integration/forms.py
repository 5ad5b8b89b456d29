"""The quicker forms of the default voice, each made once for all processes of a test run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from filelock import FileLock

from leafcast.narration.model import VoiceSpec
from tests.conftest import ROOT

VOICES: Final = str(ROOT / "audio/voices")
SAY: Final = """
import hashlib, json, pathlib, re, sys
from leafcast.narration.model import Utterance, VoiceSpec
from leafcast.narration.voices import open_voice
from leafcast.narration.voices.kokoro import form, prepare
spec = VoiceSpec("k", "kokoro", (("variant", sys.argv[1]),), (sys.argv[2],))
prepare(spec)
clip = open_voice(spec).speak(Utterance("u", "Therapy starts slowly, and it takes its time."))
most = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
print(json.dumps({
    "form": form(spec), "sound": hashlib.sha256(clip.samples.tobytes()).hexdigest(),
    "words": len(clip.words), "mib": int(most[1]) / 1024,
}))
"""


def spec_of(variant: str, *settings: tuple[str, str]) -> VoiceSpec:
    """The default voice in that form."""
    return VoiceSpec("kokoro", "kokoro", (("variant", variant), *settings), (VOICES,))


def said_twice(variant: str, user: Path) -> list[dict[str, Any]]:
    """What two processes tell of the form, one after the other; the first of them makes it.

    It is kept in `user`, a user's cache folder, and so is what they told, for whoever asks next.
    """
    user.mkdir(parents=True, exist_ok=True)
    told = user / f"{variant}.json"
    with FileLock(user / f"{variant}.lock"):
        if not told.exists():
            told.write_text(json.dumps([_said(variant, user) for _ in range(2)]), "utf-8")
    answers: list[dict[str, Any]] = json.loads(told.read_text("utf-8"))
    return answers


def _said(variant: str, user: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", SAY, variant, VOICES],
        cwd=ROOT, env=os.environ | {"XDG_CACHE_HOME": str(user)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)
