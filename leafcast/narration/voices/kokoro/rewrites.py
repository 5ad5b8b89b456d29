"""The same sums in an order that engines are quicker at; each is exact to the last bits.

A rewrite changes the decoder's graph in place, and raises GraphUnknown where it finds something
other than what it was written for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np
import onnx
from onnx import helper

from leafcast.narration.voices.kokoro.graph import SEAMS, SPECTRUM, Graph, GraphUnknown


def rewritten(decoder: onnx.ModelProto, rewrites: Iterable[str]) -> onnx.ModelProto:
    """The decoder with the same sums in a quicker order; the one given is used up.

    `rewrites` are keys of REWRITES.
    """
    graph = Graph(decoder)
    for name in rewrites:
        REWRITES[name](graph)
    return graph.part(SEAMS, (SPECTRUM,))


def fuse_norms(graph: Graph) -> None:
    """Mean, variance and scale of each channel in one step: InstanceNormalization."""
    for node in graph.decoder_nodes("Sqrt"):
        variance = graph.maker(node.input[0], "Add")
        squared = graph.maker(graph.maker(variance.input[0], "ReduceMean").input[0], "Mul")
        sound = graph.maker(squared.input[0], "Sub").input[0]
        epsilon = float(graph.array(variance.input[1]).reshape(()))
        evened = graph.reader(node.output[0], "Div")
        for scaled in graph.readers(evened.output[0], "Mul"):
            _fuse_norm(graph, sound, epsilon, scaled)


def _fuse_norm(graph: Graph, sound: str, epsilon: float, scaled: onnx.NodeProto) -> None:
    shifted = graph.reader(scaled.output[0], "Add")
    flat = graph.add_weights("flat", np.array([-1], np.int64))
    gain, shift = (f"{shifted.output[0]}.{word}" for word in ("gain", "shift"))
    graph.put(
        helper.make_node("Reshape", [scaled.input[0], flat], [gain]),
        helper.make_node("Reshape", [shifted.input[1], flat], [shift]),
        helper.make_node(
            "InstanceNormalization", [sound, gain, shift], list(shifted.output), shifted.name,
            epsilon=epsilon,
        ),
    )  # fmt: skip


def square_sines(graph: Graph) -> None:
    """A square is a product, not a power."""
    for node in _squared_sines(graph):
        twice = [node.input[0], node.input[0]]
        graph.put(helper.make_node("Mul", twice, list(node.output), node.name))


def compute_sines(graph: Graph) -> None:
    """The square of a sine is a polynomial, for an engine whose sine is slow."""
    for node in _squared_sines(graph):
        sine = graph.maker(node.input[0], "Sin")
        graph.put(*_sine_squared(graph, sine.input[0], node.output[0]))


def _squared_sines(graph: Graph) -> Iterator[onnx.NodeProto]:
    for node in graph.decoder_nodes("Pow"):
        if float(graph.array(node.input[1]).reshape(())) != 2:
            raise GraphUnknown(node.name)
        yield node


def _sine_squared(graph: Graph, angle: str, out: str) -> list[onnx.NodeProto]:
    """sin²(x) = u·P(u) with u = r², x/π = whole + r: no sine, to 24 bits."""
    steps: list[onnx.NodeProto] = []

    def step(kind: str, *inputs: str, name: str = "") -> str:
        made = name or f"{out}.{len(steps)}"
        steps.append(helper.make_node(kind, list(inputs), [made]))
        return made

    def number(value: float) -> str:
        return graph.add_weights(f"number {value!r}", np.array(value, np.float32))

    turns = step("Mul", angle, number(1 / np.pi))
    rest = step("Sub", turns, step("Round", turns))
    square = step("Mul", rest, rest)
    *others, first = SINE_SQUARED
    total = number(first)
    for factor in reversed(others):
        total = step("Add", step("Mul", total, square), number(factor))
    step("Mul", total, square, name=out)
    return steps


def unfold_transposed(graph: Graph) -> None:
    """A transposed convolution twice as wide as its stride is one of three taps, spread out."""
    for node in graph.decoder_nodes("ConvTranspose"):
        facts = {each.name: helper.get_attribute_value(each) for each in node.attribute}
        (stride,), (width,) = facts["strides"], facts["kernel_shape"]
        if facts.get("group", 1) != 1:
            continue
        if width != 2 * stride or facts["pads"] != [stride // 2] * 2:
            raise GraphUnknown(node.name)
        graph.put(*_unfolded(graph, node, stride))


def _unfolded(graph: Graph, node: onnx.NodeProto, stride: int) -> list[onnx.NodeProto]:
    """Sample m·stride + j hears inputs m-1, m, m+1, through taps that depend on j alone."""
    weights, bias = graph.array(node.input[1]), graph.array(node.input[2])
    ins, outs, _ = weights.shape
    taps = np.zeros((outs, stride, ins, 3), np.float32)
    for j in range(stride):
        at = j + stride // 2
        for tap, k in ((0, at + stride), (1, at), (2, at - stride)):
            if 0 <= k < 2 * stride:
                taps[:, j, :, tap] = weights[:, :, k].T
    out = node.output[0]
    names = [
        graph.add_weights(f"{out}.taps", taps.reshape(outs * stride, ins, 3)),
        graph.add_weights(f"{out}.bias", np.repeat(bias, stride)),
        graph.add_weights(f"{out}.apart", np.array([1, outs, stride, -1], np.int64)),
        graph.add_weights(f"{out}.joined", np.array([1, outs, -1], np.int64)),
    ]
    sums, apart, turned = (f"{out}.{word}" for word in ("sums", "parts", "turned"))
    return [
        helper.make_node(
            "Conv", [node.input[0], *names[:2]], [sums], f"{node.name}.taps",
            kernel_shape=[3], pads=[1, 1], strides=[1], dilations=[1],
        ),
        helper.make_node("Reshape", [sums, names[2]], [apart]),
        helper.make_node("Transpose", [apart], [turned], perm=[0, 1, 3, 2]),
        helper.make_node("Reshape", [turned, names[3]], [out], node.name),
    ]  # fmt: skip


def flatten_convolutions(graph: Graph) -> None:
    """A line is a picture one pixel high; for pictures, engines have their quickest kernels."""
    height = graph.add_weights("height", np.array([2], np.int64))
    for node in graph.decoder_nodes("Conv"):
        facts = {each.name: helper.get_attribute_value(each) for each in node.attribute}
        (width,), (stride,), (gap,) = (
            facts["kernel_shape"], facts.get("strides", [1]), facts.get("dilations", [1])
        )  # fmt: skip
        left, right = facts.get("pads", [0, 0])
        outs, ins, _ = graph.weights[node.input[1]].dims
        graph.weights[node.input[1]].dims[:] = outs, ins, 1, width
        wide, sums = f"{node.output[0]}.in", f"{node.output[0]}.out"
        graph.put(
            helper.make_node("Unsqueeze", [node.input[0], height], [wide]),
            helper.make_node(
                "Conv", [wide, *node.input[1:]], [sums], f"{node.name}.flat",
                kernel_shape=[1, width], strides=[1, stride], dilations=[1, gap],
                pads=[0, left, 0, right], group=facts.get("group", 1),
            ),
            helper.make_node("Squeeze", [sums, height], [node.output[0]], node.name),
        )  # fmt: skip


REWRITES: Final[Mapping[str, Callable[[Graph], None]]] = {
    "norms": fuse_norms,
    "squares": square_sines,
    "polynomials": compute_sines,
    "transposed": unfold_transposed,
    "flat": flatten_convolutions,
}
FOR_ONNXRUNTIME: Final = ("norms", "squares", "transposed", "flat")
FOR_OPENVINO: Final = ("norms", "polynomials", "transposed", "flat")


def _sine_squared_factors() -> tuple[float, ...]:
    """sin²(πr) / r² as a polynomial of r² on r ≤ ½: the first eight terms of its series.

    sin²(y) = Σ (-1)^(n+1) · 2^(2n-1) · y^(2n) / (2n)!
    """
    factors, term = [], 1.0
    for n in range(1, 9):
        term = term * 2 * np.pi**2 if n == 1 else term * -4 * np.pi**2
        term /= (2 * n) * (2 * n - 1)
        factors.append(float(term))
    return tuple(factors)


SINE_SQUARED: Final = _sine_squared_factors()
