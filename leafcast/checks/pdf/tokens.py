"""A content stream as instructions: operands and an operator (ISO 32000-1, 7.8.2).

Content as WeasyPrint writes it is read here, in one pass; what is written in another way, such
as an inline picture, is left to pikepdf, which reads everything at a tenth of the speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pikepdf

Instruction = tuple[str, list[Any]]
"""An operator and what it works on: numbers, names as str with their slash, strings as bytes."""

TOKEN: Final = re.compile(
    rb"""
    (?P<number>[+-]?(?:\d+\.?\d*|\.\d+))
  | (?P<operator>[A-Za-z'"][A-Za-z0-9*]*)
  | (?P<name>/[^\s<>\[\](){}/%]*)
  | (?P<properties><<(?:[^<>()]|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))*>>)
  | (?P<hexadecimal><[0-9A-Fa-f\s]*>)
  | (?P<shown>\[(?:<[0-9A-Fa-f]*>|[-+.\d\s])*\])
  | (?P<array>\[(?:[^\[\]()<>%]|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))*\])
  | (?P<literal>\((?:[^()\\]|\\.)*\))
  | (?P<odd>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
PART: Final = re.compile(rb"<([0-9A-Fa-f]*)>|([-+.\d]+)")
"""What an array of hexadecimal strings and numbers is made of: text as WeasyPrint shows it."""
ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
CONTROL: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class _Odd(Exception):
    """Content that is written in a way not known here."""


def read_instructions(content: bytes, stream: Any) -> list[Instruction]:
    """The instructions of `content`, which are the bytes of the page or form `stream`."""
    try:
        return list(_read(content))
    except _Odd:
        return [
            (str(each.operator), [_plain(operand) for operand in each.operands])
            for each in pikepdf.parse_content_stream(stream)
            if not isinstance(each, pikepdf.ContentStreamInlineImage)
        ]


def _read(content: bytes) -> Iterator[Instruction]:
    operands: list[Any] = []
    for token in TOKEN.finditer(content):
        match token.lastgroup:
            case "operator":
                operator = token[0].decode()
                if operator in ("true", "false", "null"):
                    operands.append({"true": True, "false": False, "null": None}[operator])
                    continue
                if operator == "BI":
                    raise _Odd
                yield operator, operands
                operands = []
            case "odd":
                raise _Odd
            case kind:
                operands.append(_value(kind, token[0]))


def _value(kind: str | None, token: bytes) -> Any:
    match kind:
        case "number":
            return float(token)
        case "name":
            return _name(token)
        case "hexadecimal":
            return _hexadecimal(token[1:-1])
        case "literal":
            return _literal(token)
        case "shown":
            return [
                float(number) if number else _hexadecimal(digits)
                for digits, number in PART.findall(token)
            ]
        case "array":
            return _values(token[1:-1])
    values = _values(token[2:-2])
    return dict(zip(values[::2], values[1::2], strict=False))


def _values(inside: bytes) -> list[Any]:
    values = []
    for token in TOKEN.finditer(inside):
        if token.lastgroup in ("odd", "operator"):
            raise _Odd
        values.append(_value(token.lastgroup, token[0]))
    return values


def _name(token: bytes) -> str:
    name = token.decode("latin-1")
    return re.sub("#([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), name)


def _hexadecimal(digits: bytes) -> bytes:
    """A string from its digits; a last one that stands alone has a nought after it."""
    try:
        return bytes.fromhex(digits.decode())
    except ValueError:
        digits = b"".join(digits.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _literal(token: bytes) -> bytes:
    def unescape(found: re.Match[bytes]) -> bytes:
        if found[1].isdigit():
            return bytes([int(found[1], 8) & 255])
        return b"" if found[1] in (b"\n", b"\r", b"\r\n") else CONTROL.get(found[1], found[1])

    return ESCAPE.sub(unescape, token[1:-1])


def _plain(operand: Any) -> Any:
    """An operand of pikepdf's as it would be read here."""
    match operand:
        case bool() | None:
            return operand
        case int() | float() | Decimal():
            return float(operand)
        case pikepdf.Name():
            return str(operand)
        case pikepdf.String():
            return bytes(operand)
        case pikepdf.Array():
            return [_plain(each) for each in operand]
        case pikepdf.Dictionary():
            return {key: _plain(value) for key, value in operand.items()}
    return operand


def text_of(string: Any) -> str:
    """A text string of properties as words: UTF-16 with a mark, UTF-8 with one, or Latin."""
    if not isinstance(string, bytes):
        return str(string) if string is not None else ""
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if string.startswith(mark):
            return string[len(mark) :].decode(encoding, "replace")
    return string.decode("latin-1")
