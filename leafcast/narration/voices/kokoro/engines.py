"""What runs the model: the whole graph, or its three parts with the decoder where it is quickest.

Each takes signs' numbers, style and speed, and gives the sound with the frames of each sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from leafcast.narration.voices.kokoro.assets import DURATIONS
from leafcast.narration.voices.outputs import with_output

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]

Run: TypeAlias = "Callable[[Mapping[str, Any]], tuple[Sound, tuple[float, ...]]]"

OPENVINO_SETTINGS = {
    "INFERENCE_PRECISION_HINT": "bf16",
    "INFERENCE_NUM_THREADS": 1,
    "NUM_STREAMS": 1,
    "CPU_RUNTIME_CACHE_CAPACITY": 0,  # else 2.4 GB of kernels, one for each length of a sentence
    "ENABLE_CPU_PINNING": False,  # else two processes share one core
}


def session(model: bytes | Path) -> Any:
    """An onnxruntime session with one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    given = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])


def whole(model: bytes) -> Run:
    """The model as it is, in one session."""
    opened = session(with_output(model, DURATIONS))
    names = [each.name for each in opened.get_outputs()]

    def run(given: Mapping[str, Any]) -> tuple[Sound, tuple[float, ...]]:
        made = dict(zip(names, opened.run(None, given), strict=True))
        sound = made[names[0]].reshape(-1)
        return sound, _frames(made, len(given["tokens"][0]))

    return run


def in_parts(before: Any, decode: Callable[[Mapping[str, Any]], Any], after: Any) -> Run:
    """The model in three: two sessions, and between them whatever decodes."""
    names = [each.name for each in before.get_outputs()]
    spectrum = after.get_inputs()[0].name

    def run(given: Mapping[str, Any]) -> tuple[Sound, tuple[float, ...]]:
        made = dict(zip(names, before.run(None, given), strict=True))
        frames = _frames(made, len(given["tokens"][0]))
        made.pop(DURATIONS)
        (sound,) = after.run(None, {spectrum: decode(made)})
        return sound.reshape(-1), frames

    return run


def open_form(variant: str, paths: Mapping[str, Path]) -> Run:
    """The form of the model called `variant`, from the files of its parts."""
    open_decoder = {"f32k": onnx_decoder, "ovbf16": openvino_decoder}[variant]
    before, after = session(paths["before"]), session(paths["after"])
    return in_parts(before, open_decoder(paths["decoder"]), after)


def given(signs: list[int], style: Sound, speed: float) -> Mapping[str, Any]:
    """The model's inputs for a line of signs, which it wants between two of its own."""
    import numpy as np

    return {
        "tokens": np.array([[0, *signs, 0]], np.int64),
        "style": style[len(signs)][np.newaxis],
        "speed": np.array([speed], np.float32),
    }


def onnx_decoder(model: bytes | Path) -> Callable[[Mapping[str, Any]], Any]:
    """The decoder in onnxruntime."""
    opened = session(model)
    return lambda given: opened.run(None, given)[0]


def openvino_decoder(model: bytes | Path) -> Callable[[Mapping[str, Any]], Any]:
    """The decoder in OpenVINO, in bfloat16."""
    import openvino

    core = openvino.Core()
    compiled = core.compile_model(core.read_model(model), "CPU", OPENVINO_SETTINGS)
    request = compiled.create_infer_request()
    return lambda given: next(iter(request.infer(given).values())).copy()


def _frames(made: Mapping[str, Any], signs: int) -> tuple[float, ...]:
    """How many frames each sign lasts; nothing where the model does not say."""
    frames = made.get(DURATIONS)
    if frames is None or frames.size != signs:
        return ()
    return tuple(map(float, frames.reshape(-1)))
