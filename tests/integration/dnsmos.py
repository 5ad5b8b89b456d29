"""DNSMOS P.835: how good speech sounds, 1 to 5, as a network predicts that listeners would say.

The weights are in the package `speechmos`; its own code wants librosa, so the network is run here.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

RATE_HZ: Final = 16_000
WINDOW: Final = 144_160
"""9.01 s."""
LEVEL_DB: Final = -6.0
"""Speech in listening tests is at −26 dBov, far below a podcast; the figure falls with the level."""
OVERALL: Final = np.poly1d([-0.06766283, 1.11546468, 0.04602535])
"""From the network's third figure to the scale of listeners, as speechmos has it."""


def overall(samples: npt.NDArray[np.float32], hop_seconds: int = 9) -> float:
    """The mean overall quality (OVRL) of a podcast at 16 kHz, over windows of nine seconds."""
    found = importlib.util.find_spec("speechmos")
    assert found is not None and found.origin is not None
    model = Path(found.origin).parent / "dnsmos_models" / "sig_bak_ovr.onnx"
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    starts = range(0, len(samples) - WINDOW + 1, hop_seconds * RATE_HZ)
    assert starts, "too short to judge"
    quieter = (samples * 10 ** (LEVEL_DB / 20)).astype(np.float32)
    windows = (quieter[start : start + WINDOW][np.newaxis] for start in starts)
    return float(np.mean([OVERALL(session.run(None, {"input_1": w})[0][0][2]) for w in windows]))
