"""Kokoro's quicker forms on the real model: each rewrite exact, each form as good as it claims."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import pytest

from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices.kokoro import engines, graph
from leafcast.narration.voices.kokoro.assets import (
    DURATIONS,
    read_model,
    read_style,
    read_vocabulary,
)
from leafcast.narration.voices.kokoro.gates import GATES, fault, likeness
from leafcast.narration.voices.kokoro.rewrites import (
    FOR_ONNXRUNTIME,
    FOR_OPENVINO,
    REWRITES,
    rewritten,
)
from tests.conftest import ROOT
from tests.integration.forms import said_twice

pytestmark = pytest.mark.integration
Sound = npt.NDArray[np.float32]
SPEC = VoiceSpec("kokoro", "kokoro", (), (str(ROOT / "audio/voices"),))
LINE = "θˈɛɹəpi stˈɑːts slˈQli."
MOST_MEMORY_MIB = {"int8": 700, "f32k": 800, "ovbf16": 950}


class Bench:
    """The model in parts, what the decoder is given for LINE, and the exact sound of it."""

    def __init__(self) -> None:
        self.parts = graph.cut(read_model(SPEC))
        self.decoder = self.parts.decoder.SerializeToString()
        vocabulary = read_vocabulary()
        self.given = engines.given([vocabulary[sign] for sign in LINE], read_style(SPEC), 1.0)
        before = engines.session(self.parts.before.SerializeToString())
        names = [each.name for each in before.get_outputs()]
        self.read = dict(zip(names, before.run(None, self.given), strict=True))
        self.frames = self.read.pop(DURATIONS)
        self.after = engines.session(self.parts.after.SerializeToString())
        self.exact = self.sound(engines.onnx_decoder(self.decoder))

    def sound(self, decode: Callable[[Any], Any]) -> Sound:
        spectrum = self.after.get_inputs()[0].name
        (sound,) = self.after.run(None, {spectrum: decode(self.read)})
        return np.asarray(sound, np.float32).reshape(-1)

    def rewritten(self, *rewrites: str) -> bytes:
        return rewritten(onnx.load_from_string(self.decoder), rewrites).SerializeToString()


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def test_the_parts_say_how_long_the_sound_is(bench: Bench) -> None:
    assert bench.frames.size == len(LINE) + 2
    assert bench.frames.sum() * 600 == len(bench.exact)


@pytest.mark.parametrize(
    "rewrites", [*([name] for name in REWRITES), FOR_ONNXRUNTIME, FOR_OPENVINO]
)
def test_a_rewrite_is_exact(bench: Bench, rewrites: list[str]) -> None:
    content = bench.rewritten(*rewrites)
    assert content != bench.decoder
    alike = likeness(bench.exact, bench.sound(engines.onnx_decoder(content)))
    sys.stdout.write(f"{'+'.join(rewrites)}: {alike.snr_db:.1f} dB\n")
    assert alike.snr_db >= 100


def test_a_rewrite_that_is_not_exact_is_seen(bench: Bench) -> None:
    decoder = onnx.load_from_string(bench.rewritten(*FOR_ONNXRUNTIME))
    norm = next(node for node in decoder.graph.node if node.op_type == "InstanceNormalization")
    norm.attribute[0].f = 1e-2
    sound = bench.sound(engines.onnx_decoder(decoder.SerializeToString()))
    assert likeness(bench.exact, sound).snr_db < 100
    assert fault(GATES["f32k"], bench.exact, sound)


def test_a_graph_that_is_not_as_known_is_refused(bench: Bench) -> None:
    decoder = onnx.load_from_string(bench.decoder)
    power = next(node for node in decoder.graph.node if node.op_type == "Pow")
    sine = next(node for node in decoder.graph.node if node.output[0] == power.input[0])
    sine.op_type = "Cos"
    with pytest.raises(graph.GraphUnknown):
        rewritten(decoder, FOR_OPENVINO)


def test_bfloat16_is_nearer_the_exact_sound_than_the_model_as_shipped(bench: Bench) -> None:
    pytest.importorskip("openvino")
    sound = bench.sound(engines.openvino_decoder(bench.rewritten(*FOR_OPENVINO)))
    shipped, frames = engines.whole(read_model(SPEC))(bench.given)
    assert list(frames) == bench.frames.reshape(-1).tolist()
    ours, theirs = (likeness(bench.exact, each) for each in (sound, shipped))
    sys.stdout.write(f"ovbf16 {ours}\nint8 {theirs}\n")
    assert fault(GATES["ovbf16"], bench.exact, sound) == ""
    assert ours.mel_db < theirs.mel_db
    assert ours.snr_db > theirs.snr_db


# ---------------------------------------------------------------- as a machine takes them


@pytest.mark.parametrize("variant", ["int8", "f32k", "ovbf16"])
def test_a_form_is_made_once_and_speaks_the_same_every_time(variant: str, forms: Path) -> None:
    """Two processes, the first of which makes the form; their memory is bounded."""
    told = said_twice(variant, forms)
    sys.stdout.write(f"{told[1]}\n")
    assert told[0]["form"] == told[1]["form"] == variant
    assert told[0]["sound"] == told[1]["sound"]
    assert told[0]["words"] == 8
    assert max(each["mib"] for each in told) <= MOST_MEMORY_MIB[variant]
