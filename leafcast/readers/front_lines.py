"""Front matter as it stands: its lines as keys with their values, in YAML, TOML or JSON.

leafcast writes YAML between `---`. Other programs write TOML between `+++` (Hugo, Zola), JSON in
braces (Hugo, Eleventy), YAML that ends with `...` (Pandoc), or lines without any fence (Pandoc,
MultiMarkdown). Word processors make one dash of three, and curly quotation marks of straight ones.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import yaml

from leafcast.document.straight import enclosed, straightened

DEEPEST_VALUE: Final = 5
"""Lists and tables nested deeper say nothing about an article."""

Value = str | tuple["Value", ...] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Head:
    """Front matter: its text, `kind` of "yaml", "toml" or "json", and the file's lines above it."""

    text: str
    kind: str = "yaml"
    above: int = 1


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A key with its value, and its line in the file; `remark` is what stands behind a # there,
    which YAML takes for no words of the value.
    """

    key: str
    value: Value
    line: int
    remark: str = ""


class HeadError(ValueError):
    """Front matter that cannot be read; `line` is the file's, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


_KEY: Final = r"[ \t]*[\"']?[A-Za-z][\w .-]*[\"']?[ \t]*:"
_DASHES: Final = r"(?:-{3,}|[–—][-–—]?|-[–—])"
_FENCES: Final = (
    (re.compile(r"\s*---[ \t]*(toml|json|yaml)[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M), ""),
    (re.compile(r"()---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M), "yaml"),
    (
        re.compile(
            rf"()\s*{_DASHES}[ \t]*\n((?={_KEY}).*?)^(?:{_DASHES}|\.\.\.)[ \t]*(?:\n|\Z)",
            re.S | re.M,
        ),
        "yaml",
    ),
    (re.compile(r"()\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M), "toml"),
    (re.compile(r"()\s*(\{\s*\n?\s*\".*?^\})[ \t]*(?:\n|\Z)", re.S | re.M), "json"),
)
_BARE: Final = re.compile(
    r"(?=(?:.*\n)*?(?:title|author|date)[ \t]*:)((?:[A-Za-z][\w -]*:[ \t]+\S.*\n){2,})[ \t]*\n",
    re.I,
)
"""MultiMarkdown's lines without a fence; a title, an author or a date is among them."""
_PERCENT: Final = re.compile(r"((?:%[ \t]*.*\n){1,3})[ \t]*\n")
"""Pandoc's title block: title, authors and date, each behind a percent sign."""


def split_front_matter(text: str, *, bare: bool = False) -> tuple[Head | None, str, int]:
    """The front matter (None when there is none), the body, and the lines above the body.

    `bare` looks also for lines that no fence encloses.
    """
    for fence, kind in _FENCES:
        if found := fence.match(text):
            head = Head(found[2], kind or found[1], text.count("\n", 0, found.start(2)))
            return head, text[found.end() :], found[0].count("\n")
    if bare and (found := _BARE.match(text)):
        return Head(_quoted_lines(found[1]), "yaml", 0), text[found.end() :], found[0].count("\n")
    if bare and (found := _PERCENT.match(text)):
        head = Head(_percent_lines(found[1]), "yaml", 0)
        return head, text[found.end() :], found[0].count("\n")
    return None, text, 0


def _quoted_lines(lines: str) -> str:
    return "".join(f"{key}: {json.dumps(words.strip())}\n" for key, _, words in _parted(lines))


def _parted(lines: str) -> Iterator[tuple[str, str, str]]:
    return (line.partition(":") for line in lines.splitlines())


def _percent_lines(lines: str) -> str:
    words = [line.lstrip("% \t") for line in lines.splitlines()]
    pairs = zip(("title", "author", "date"), words, strict=False)
    return "".join(f"{key}: {json.dumps(said)}\n" for key, said in pairs)


# ---------------------------------------------------------------- values


def head_lines(head: Head) -> list[FrontLine]:
    """The lines of front matter. Raises HeadError where it cannot be read."""
    match head.kind:
        case "toml":
            return _toml_lines(head)
        case "json":
            return _json_lines(head)
    try:
        return _yaml_lines(head)
    except HeadError:
        with suppress(HeadError):
            return _yaml_lines(Head(_plainer(head.text), head.kind, head.above))
        raise


def _yaml_lines(head: Head) -> list[FrontLine]:
    """The lines of YAML. Nothing but words, and lists and tables of them, is taken from it."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = _composed(head.text, loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise HeadError(mark.line + 1 + head.above if mark else 1) from None
    return [
        FrontLine(
            str(key.value),
            _yaml_value(value),
            key.start_mark.line + 1 + head.above,
            _remark(value, head.text),
        )
        for key, value in (node.value if isinstance(node, yaml.MappingNode) else ())
        if isinstance(key, yaml.ScalarNode)
    ]


def _remark(node: Any, text: str) -> str:
    """What stands behind a # after words without quotation marks (YAML 1.2, 6.6)."""
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return ""
    rest = text.split("\n")[node.end_mark.line][node.end_mark.column :].strip()
    return rest.lstrip("# ") if rest.startswith("#") else ""


def _composed(text: str, loader: Any) -> Any:
    """The front matter's nodes. Raises YAMLError; also for words that stand for others, of which
    a few lines can make a book.
    """
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)  # type: ignore[arg-type]
    return yaml.compose(text, Loader=loader)


def _yaml_value(node: Any, depth: int = 0) -> Value:
    if isinstance(node, yaml.ScalarNode):
        if node.tag.endswith(":null"):
            return ""
        return str(node.value) if node.style in ("'", '"') else enclosed(str(node.value))
    if depth == DEEPEST_VALUE:
        return ""
    if isinstance(node, yaml.SequenceNode):
        return tuple(_yaml_value(each, depth + 1) for each in node.value)
    return {str(key.value): _yaml_value(each, depth + 1) for key, each in node.value}


_PLAIN: Final = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(\S.*?)[ \t]*$")


def _plainer(text: str) -> str:
    """`text` with the values in quotes that YAML takes for something else, such as a colon's.

    Words stand as they plainly are: `title: Grief: What to Expect`.
    """
    lines = text.replace("\t", "    ").split("\n")
    return "\n".join(_PLAIN.sub(_plainer_line, line) for line in lines)


def _plainer_line(found: re.Match[str]) -> str:
    key, words = found[1], found[2]
    if words[0] in "|>" and len(words) < 4:
        return found[0]
    if words[0] in "[{" and (words[-1] in "]}" or words.count("[") > 1):
        return found[0]
    if _is_quoted(words):
        return found[0]
    if (inner := enclosed(words)) != words:
        words = inner
    elif words[0] == "'" and words.count("'") == 1:
        words = words[1:]  # a quotation that nothing closes
    return f"{key}: {json.dumps(words, ensure_ascii=False)}"


def _is_quoted(words: str) -> bool:
    return bool(re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"(\s+#.*)?|'(?:[^']|'')*'(\s+#.*)?", words))


def _toml_lines(head: Head) -> list[FrontLine]:
    try:
        values = tomllib.loads(head.text)
    except (ValueError, RecursionError) as first:
        try:
            values = tomllib.loads(straightened(head.text))
        except (ValueError, RecursionError):
            found = re.search(r"\(at line (\d+)", str(first))
            raise HeadError(head.above + (int(found[1]) if found else 1)) from None
    return _lines_of(values, head, r"^[ \t]*(?:\[+[ \t]*)?[\"'“”]?{}\b")


def _json_lines(head: Head) -> list[FrontLine]:
    try:
        values = json.loads(head.text)
    except json.JSONDecodeError as error:
        raise HeadError(head.above + error.lineno) from None
    except RecursionError:
        raise HeadError(head.above + 1) from None
    return _lines_of(values if isinstance(values, dict) else {}, head, r"\"{}\"[ \t]*:")


def _lines_of(values: Mapping[str, Any], head: Head, where: str) -> list[FrontLine]:
    lines = []
    for key, value in values.items():
        found = re.search(where.format(re.escape(key)), head.text, re.M)
        line = head.text.count("\n", 0, found.start()) if found else 0
        lines.append(FrontLine(key, _plain_value(value), line + 1 + head.above))
    return lines


def _plain_value(value: Any, depth: int = 0) -> Value:
    if isinstance(value, list | dict) and depth == DEEPEST_VALUE:
        return ""
    if isinstance(value, list):
        return tuple(_plain_value(each, depth + 1) for each in value)
    if isinstance(value, dict):
        return {str(key): _plain_value(each, depth + 1) for key, each in value.items()}
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
