"""Kokoro's graph in parts, so that a processor may be quicker at the same sums.

The model as shipped computes whole numbers of 8 bits throughout. Here it is cut in three:

    before    phonemes, style, speed → what the decoder reads, and how long each phoneme lasts
    decoder   → the spectrum of the sound; nearly all of the work
    after     → the sound

and only the decoder is changed: its sums become sums of 32 bits, and rewrites.py changes their
order. The Fourier transform of the source stays in `before` as it is: computed elsewhere, the sign
of a zero comes out otherwise, and with it the voice.

Needs the package `onnx`. Raises GraphUnknown for a graph that is not the one this was written for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    import numpy.typing as npt

    Weights = npt.NDArray[np.float32]

GENERATOR: Final = "/decoder/decoder/generator"
DURATIONS: Final = "/encoder/Clip_output_0"
"""Frames of each phoneme, float32 [1, n + 2]; a frame is 600 samples."""
SEAMS: Final = {
    "/encoder/MatMul_1_output_0": (1, 512, None),
    "/encoder/Reshape_output_0": (1, None),
    "/encoder/Reshape_1_output_0": (1, None),
    "/decoder/Slice_output_0": (1, 128),
    f"{GENERATOR}/Concat_3_output_0": (1, 22, None),
}
"""What the decoder reads: the phonemes stretched in time, pitch, energy, style and source."""
SPECTRUM: Final = f"{GENERATOR}/conv_post/Conv_output_0"
PARTS: Final = ("before", "decoder", "after")


class GraphUnknown(ValueError):
    """The model's graph is not the one these rewrites were written for."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The three graphs, ready to be run one after the other."""

    before: onnx.ModelProto
    decoder: onnx.ModelProto
    after: onnx.ModelProto


def cut(model: bytes) -> Parts:
    """The model in three, its decoder in 32 bits and not yet rewritten."""
    whole = onnx.load_from_string(model)
    graph = Graph(whole)
    before = graph.part((), (*SEAMS, DURATIONS))
    graph.dequantise()
    return Parts(before, graph.part(SEAMS, (SPECTRUM,)), graph.part((SPECTRUM,), ("audio",)))


class Graph:
    """A graph that is being rewritten: who makes and who reads each tensor."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.model = model
        self.weights = {each.name: each for each in model.graph.initializer}
        self.made = {out: node for node in model.graph.node for out in node.output}
        self.read: dict[str, list[onnx.NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self.read.setdefault(name, []).append(node)

    # ---- what is there

    def maker(self, name: str, *types: str) -> onnx.NodeProto:
        """The node that makes `name`, which must be of one of `types`."""
        node: onnx.NodeProto | None = self.made.get(name)
        if node is None or node.op_type not in types:
            raise GraphUnknown(name)
        return node

    def readers(self, name: str, *types: str) -> list[onnx.NodeProto]:
        """The nodes that read `name`, all of one of `types`."""
        nodes = self.read.get(name, [])
        if not nodes or any(node.op_type not in types for node in nodes):
            raise GraphUnknown(name)
        return nodes

    def reader(self, name: str, *types: str) -> onnx.NodeProto:
        """The one node that reads `name`, which must be of one of `types`."""
        nodes = self.readers(name, *types)
        if len(nodes) != 1:
            raise GraphUnknown(name)
        return nodes[0]

    def array(self, name: str) -> npt.NDArray[Any]:
        """The weights called `name`."""
        if name not in self.weights:
            raise GraphUnknown(name)
        values: npt.NDArray[Any] = numpy_helper.to_array(self.weights[name])
        return values

    def decoder_nodes(self, *types: str) -> list[onnx.NodeProto]:
        """The decoder's nodes of these types, those of the source left out."""
        wanted = _behind(self.made, (SPECTRUM,), SEAMS)
        return [
            node
            for node in self.model.graph.node
            if node.op_type in types and node.output[0] in wanted
        ]

    # ---- what is changed

    def add_weights(self, name: str, values: npt.NDArray[Any]) -> str:
        """Store weights under `name`."""
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def put(self, *nodes: onnx.NodeProto) -> None:
        """Nodes that take the place of those that made the same tensors."""
        self.made |= {node.output[0]: node for node in nodes}

    def part(self, inputs: Iterable[str], outputs: tuple[str, ...]) -> onnx.ModelProto:
        """The nodes that lead from `inputs` (or the model's own) to `outputs`."""
        names = _behind(self.made, outputs, inputs)
        nodes = _in_order(self.made, outputs, names)
        read = {name for node in nodes for name in node.input}
        own = [each for each in self.model.graph.input if each.name in read]
        graph = helper.make_graph(
            nodes,
            "kokoro",
            own or [_value(name) for name in inputs],
            [_value(name) for name in outputs],
            [each for name, each in self.weights.items() if name in read],
        )
        return helper.make_model(
            graph, opset_imports=self.model.opset_import, ir_version=self.model.ir_version
        )

    def dequantise(self) -> None:
        """Sums of whole numbers in the decoder become sums of 32 bits with the same weights."""
        for node in self.decoder_nodes("ConvInteger", "MatMulInteger"):
            source = self.maker(node.input[0], "DynamicQuantizeLinear").input[0]
            after, bias = self._after_sum(node)
            weights = self.array(node.input[1]).astype(np.float32)
            weights -= self.array(node.input[3]).astype(np.float32)
            weights *= self._weight_scale(after, node.op_type)
            name = self.add_weights(f"{node.output[0]}.weights", weights)
            kind = node.op_type.removesuffix("Integer")
            new = helper.make_node(
                kind, [source, name, *bias], list(after.output), f"{node.name}.f32"
            )
            new.attribute.extend(node.attribute)
            self.put(new)

    def _after_sum(self, node: onnx.NodeProto) -> tuple[onnx.NodeProto, list[str]]:
        """The node that scales a sum of whole numbers, and the sum's bias as it was meant."""
        bias = []
        reader = self.reader(node.output[0], "Add", "Cast")
        if reader.op_type == "Add":
            shaped = self.maker(reader.input[1], "Reshape")
            rounded = self.maker(self.maker(shaped.input[0], "Cast").input[0], "Floor")
            bias = [self.maker(rounded.input[0], "Div").input[0]]
            reader = self.reader(reader.output[0], "Cast")
        return self.reader(reader.output[0], "Mul"), bias

    def _weight_scale(self, after: onnx.NodeProto, kind: str) -> Weights:
        """The scale of the weights, one of the two that `after` scales a sum by; for a product of
        matrices one for each column."""
        both = self.maker(after.input[1], "Mul")
        (name,) = (each for each in both.input if each in self.weights)
        scale = self.array(name)
        if scale.size != 1 and (kind != "MatMulInteger" or scale.ndim != 1):
            raise GraphUnknown(name)
        return scale.astype(np.float32)


def _behind(
    made: dict[str, onnx.NodeProto], outputs: Iterable[str], inputs: Iterable[str]
) -> set[str]:
    """All tensors that `outputs` are made from, back to `inputs`."""
    seen, waiting = set(inputs), list(outputs)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in found:
            continue
        found.add(name)
        if name in made:
            waiting.extend(made[name].input)
    return found


def _in_order(
    made: dict[str, onnx.NodeProto], outputs: Iterable[str], wanted: set[str]
) -> list[onnx.NodeProto]:
    """The nodes that make `wanted`, each after those whose tensors it reads."""
    order: list[onnx.NodeProto] = []
    done: set[str] = set()
    waiting = [(name, False) for name in outputs]
    while waiting:
        name, ready = waiting.pop()
        if name not in wanted or name in done or name not in made:
            continue
        node = made[name]
        if ready:
            done.update(node.output)
            order.append(node)
        else:
            waiting.append((name, True))
            waiting.extend((each, False) for each in node.input)
    return order


def _value(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, SEAMS.get(name))
