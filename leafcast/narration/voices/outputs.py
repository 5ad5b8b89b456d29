"""An ONNX model with one more output, made without the package `onnx`."""

from __future__ import annotations


def with_output(model: bytes, tensor: str) -> bytes:
    """The model with the float32 tensor of that name as its last output, where it has one.

    A message of protocol buffers may be told in pieces: a second ModelProto behind the first, whose
    graph (field 7) has one output (field 12), adds that output to the first one's graph.
    """
    if tensor.encode() not in model:
        return model
    float_tensor = _field(1, b"\x08\x01")  # TypeProto.tensor_type: elem_type (field 1) = FLOAT
    value = _field(1, tensor.encode()) + _field(2, float_tensor)
    return model + _field(7, _field(12, value))


def _field(number: int, content: bytes) -> bytes:
    """A field of protocol buffers that holds bytes; all here are shorter than 128."""
    return bytes([number << 3 | 2, len(content)]) + content
