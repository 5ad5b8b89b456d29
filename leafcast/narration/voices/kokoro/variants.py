"""The forms Kokoro can take on a machine, and which one it takes here.

    int8     the model as shipped
    f32k     its decoder in 32 bits, rewritten (graph.py)
    ovbf16   its decoder in bfloat16, run by OpenVINO (pip install leafcast[fast])

A quicker form is made once a machine, in a process of its own (preparing.py), and kept in the
user's cache folder beside a verdict: which form was chosen, why, and the hashes of its files. It is
taken only where it was found to sound the same and to be quicker. Without a verdict, and on any
doubt, the model is as shipped; so what `chosen` says costs a look into one small file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.document.errors import VoiceUnavailable
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices.forms import told_form
from leafcast.narration.voices.kokoro.assets import MODEL_SHA256, model_file, version
from leafcast.state.cache import digest, user_folder

PLAIN: Final = "int8"
NEEDS: Final = {
    "f32k": ("onnx", "leafcast[kokoro]"),
    "ovbf16": ("openvino", "leafcast[fast]"),
}
"""The package each form needs besides onnxruntime, and the extra that brings it."""
BFLOAT16_FLAGS: Final = {"amx_bf16", "avx512_bf16"}
VERSION: Final = 1
"""Of the rewrites and the gates; a new one is prepared anew, and voiced anew."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The form to take, why in words, its files by part and hash, and what was measured."""

    variant: str = PLAIN
    why: str = ""
    files: dict[str, str] = field(default_factory=dict)
    measured: dict[str, float] = field(default_factory=dict)


def chosen(spec: VoiceSpec) -> Verdict:
    """The form the voice takes on this machine. Nothing is opened but the verdict."""
    wanted = candidate(spec)
    if wanted.variant == PLAIN:
        return wanted
    verdict = read_verdict(verdict_path(wanted.variant, forced=is_forced(spec)))
    if verdict is None:
        return Verdict(PLAIN, f"{wanted.variant} is made at the next build")
    if all((folder() / name).is_file() for name in verdict.files.values()):
        return verdict
    return Verdict(PLAIN, f"{wanted.variant} is made again at the next build")


def candidate(spec: VoiceSpec) -> Verdict:
    """The form that might be quickest here, or the one voices.toml names; and why not another."""
    if model_file(spec):
        return Verdict(PLAIN, "the model is another than leafcast’s own")
    wanted = str(spec.setting("variant", "")) or told_form(spec.name)
    if wanted not in ("", PLAIN, *NEEDS):
        return Verdict(PLAIN, f"there is no form called {wanted}")
    wanted = wanted or ("ovbf16" if has_bfloat16() and has("openvino") else "f32k")
    if wanted == PLAIN:
        return Verdict()
    package, extra = NEEDS[wanted]
    for needed in ("onnx", package):
        if not has(needed):
            return Verdict(PLAIN, f"{wanted} needs {needed} (pip install {extra})")
    return Verdict(wanted)


def is_forced(spec: VoiceSpec) -> bool:
    """Whether voices.toml or another machine names the form: then it need not be quicker, only
    sound the same.
    """
    return bool(spec.setting("variant", "") or told_form(spec.name))


def has(package: str) -> bool:
    """Whether a package is installed."""
    return importlib.util.find_spec(package) is not None


@cache
def processor() -> tuple[str, frozenset[str]]:
    """The processor's name and what it can do, as Linux tells it; elsewhere its name alone."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine(), frozenset()
    facts = {key.strip(): value for key, _, value in (line.partition(":") for line in lines)}
    return facts.get("model name", "").strip(), frozenset(facts.get("flags", "").split())


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16."""
    return bool(BFLOAT16_FLAGS & processor()[1])


# ---------------------------------------------------------------- what is kept


def folder() -> Path:
    """Where forms are kept."""
    return user_folder() / "voices"


def verdict_path(variant: str, *, forced: bool) -> Path:
    """The verdict on a form, for this model, this processor and these versions."""
    name, flags = processor()
    packages = [version(package) for package in ("onnx", "onnxruntime", "openvino")]
    made_from = digest(
        VERSION, MODEL_SHA256, variant, forced, name, sorted(flags), packages, platform.machine()
    )
    return folder() / f"{made_from}.json"


def read_verdict(path: Path) -> Verdict | None:
    """A verdict, or None where there is none that can be read."""
    try:
        return Verdict(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def pack_verdict(verdict: Verdict) -> bytes:
    """A verdict as it is stored."""
    return json.dumps(asdict(verdict), ensure_ascii=False, indent=1).encode()


def checked_files(verdict: Verdict) -> dict[str, Path]:
    """The files of a form, each checked against its hash.

    Raises VoiceUnavailable for one that is damaged, and removes it, so that it is made again.
    """
    paths = {part: folder() / name for part, name in verdict.files.items()}
    for path in paths.values():
        try:
            with path.open("rb") as file:
                sound = hashlib.file_digest(file, "sha256").hexdigest() == path.stem
        except OSError:
            sound = False
        if not sound:
            path.unlink(missing_ok=True)
            raise VoiceUnavailable(
                "The voice’s files in your cache folder are damaged",
                "Run the build again: they are made anew",
            )
    return paths
