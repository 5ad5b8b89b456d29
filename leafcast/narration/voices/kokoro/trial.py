"""The process that makes a quicker form of the model and decides whether it is taken.

It is given a voice's spec as JSON, and leaves a verdict; see preparing.py. What it needs at its
peak is the shipped, the exact and the quicker form one after the other: about 1.3 GB.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from onnx import ModelProto

from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices.kokoro import engines, graph, rewrites
from leafcast.narration.voices.kokoro.assets import read_model, read_style, read_vocabulary
from leafcast.narration.voices.kokoro.gates import GATES, RATE_HZ, Sound, fault, likeness
from leafcast.narration.voices.kokoro.variants import (
    PLAIN,
    Verdict,
    candidate,
    folder,
    is_forced,
    pack_verdict,
    verdict_path,
)
from leafcast.state.cache import write_beside

LINES: Final = (
    "ðɪs ɪz hˌW ɪt bɪɡˈɪnz.",
    "ə kwˈIət ˈWə, ɪf jʊ wˈɒnt.",
)
"""“This is how it begins.” “A quiet hour, if you want.”"""
QUICKER: Final = 0.9
"""A form is taken where it costs at most this share of what the model as shipped costs."""
COST: Final = "CPU s a second"
SHIPPED_COST: Final = "CPU s a second, as shipped"

Sounds = list[Sound]
Said = tuple[Sounds, float]
"""The sound of each line, and the CPU seconds that a second of it costs."""


def main(arguments: list[str]) -> None:
    """Make the form for the spec in `arguments`, try it, and write the verdict on it."""
    facts = json.loads(arguments[0])
    settings = tuple((key, value) for key, value in facts.pop("settings"))
    spec = VoiceSpec(settings=settings, folders=tuple(facts.pop("folders")), **facts)
    verdict = judge(spec, candidate(spec).variant)
    path = verdict_path(candidate(spec).variant, forced=is_forced(spec))
    write_beside(path, pack_verdict(verdict))


def judge(spec: VoiceSpec, variant: str) -> Verdict:
    """Make `variant` and try it; its files are kept only where it is taken."""
    model, lines = read_model(spec), _lines(spec)
    with tempfile.TemporaryDirectory(prefix=".", dir=folder()) as name:
        try:
            exact, quick = make_forms(model, variant, Path(name))
        except graph.GraphUnknown as error:
            return Verdict(PLAIN, f"the model’s graph is not as known: {error}")
        verdict = weigh(
            variant,
            say(engines.open_form("f32k", exact), lines)[0],
            say(engines.whole(model), lines),
            say(engines.open_form(variant, quick), lines),
        )
        if verdict.variant == PLAIN:
            return verdict
        if not is_forced(spec) and (words := too_slow(verdict)):
            return replace(verdict, variant=PLAIN, why=words)
        for path in quick.values():
            os.replace(path, folder() / path.name)
    return replace(verdict, files={part: path.name for part, path in quick.items()})


Files = dict[str, Path]


def make_forms(model: bytes, variant: str, into: Path) -> tuple[Files, Files]:
    """The files of the exact form, its decoder in 32 bits and not rewritten, and of `variant`.

    Raises GraphUnknown.
    """
    parts = graph.cut(model)
    exact = {part: _write(getattr(parts, part), into) for part in graph.PARTS}
    wanted = rewrites.FOR_OPENVINO if variant == "ovbf16" else rewrites.FOR_ONNXRUNTIME
    quick = _write(rewrites.rewritten(parts.decoder, wanted), into)
    return exact, exact | {"decoder": quick}


def _write(graph: ModelProto, into: Path) -> Path:
    """A graph's file, called by the hash of its content."""
    content = graph.SerializeToString(deterministic=True)
    path = into / f"{sha256(content).hexdigest()}.onnx"
    path.write_bytes(content)
    return path


def weigh(variant: str, exact: Sounds, shipped: Said, ours: Said) -> Verdict:
    """Whether a form sounds like the exact one, and what it costs beside the shipped one."""
    for sound, other, plain in zip(ours[0], exact, shipped[0], strict=True):
        if len(plain) != len(sound):
            return Verdict(PLAIN, f"{variant} is not taken: its words last otherwise")
        if words := fault(GATES[variant], other, sound):
            return Verdict(PLAIN, f"{variant} is not taken: {words}")
    alike = [likeness(other, sound) for other, sound in zip(exact, ours[0], strict=True)]
    measured = {
        COST: ours[1],
        SHIPPED_COST: shipped[1],
        "snr db": min(each.snr_db for each in alike),
        "mel db": max(each.mel_db for each in alike),
    }
    return Verdict(variant, measured=measured)


def too_slow(verdict: Verdict) -> str:
    """Why a form is not worth taking, or ""."""
    cost, shipped = verdict.measured[COST], verdict.measured[SHIPPED_COST]
    if cost <= shipped * QUICKER:
        return ""
    costs = f"{cost:.2f} against {shipped:.2f} CPU s for a second of sound"
    return f"{verdict.variant} is not quicker here ({costs})"


def _lines(spec: VoiceSpec) -> list[Mapping[str, Any]]:
    """What the engines are given for LINES."""
    style, vocabulary = read_style(spec), read_vocabulary()
    return [engines.given([vocabulary[sign] for sign in line], style, 1.0) for line in LINES]


def say(run: engines.Run, lines: list[Mapping[str, Any]]) -> Said:
    """The sound of each line, and the CPU seconds that a second of it costs, once warm."""
    run(lines[0])  # what an engine does but once is no part of what a long text costs
    began = time.process_time()
    sounds = [run(line)[0] for line in lines]
    seconds = sum(map(len, sounds)) / RATE_HZ
    return sounds, (time.process_time() - began) / seconds


if __name__ == "__main__":
    main(sys.argv[1:])
