"""Pictures: there, whole, in the practice's folder, and with words that say what they show."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from leafcast.design.pictures import picture_fault
from leafcast.document.article import Figure, Text
from leafcast.document.errors import real
from leafcast.document.report import Severity
from leafcast.readers.assemble import Writer
from leafcast.readers.links import shortened

FILE_NAME = re.compile(
    r"\S+\.(png|jpe?g|gif|svg|webp|tiff?)$|(img|dsc|image|screenshot)[_ -]?\d+$", re.I
)


def read_figure(
    writer: Writer, picture: tuple[str, str, str], line: int, *, keeps_wordless: bool = False
) -> Figure | None:
    """A figure from a picture's address, alt and caption; None, and a finding, if unusable.

    `keeps_wordless` gives also one whose words are missing, with its finding and without alt.
    """
    address, alt, caption = picture
    path = unquote(address)
    fault = _fault(writer, path)
    if fault:
        code, wrong, fix = fault
        shows = f"; it is to show “{' '.join(alt.split())}”" if alt.strip() else ""
        lost = f"; its caption goes with it: “{' '.join(caption.split())}”" if caption else ""
        message = f"The picture {shortened(path)} {wrong}{shows}{lost}"
        writer.find(code, Severity.ERROR, (message, fix), line)
        return None
    alt = " ".join(alt.split())
    if not alt or FILE_NAME.fullmatch(alt):
        said = (
            f"“{alt}” does not say what it shows" if alt else "has no words that say what it shows"
        )
        writer.find(
            "picture-without-alt",
            Severity.ERROR,
            (
                f"The picture {path} {said}",
                f"Write ![what it shows]({_written(address)}), for readers who cannot see it",
            ),
            line,
        )
        if not keeps_wordless:
            return None
        alt = ""
    figure_id = writer.ids.block("figure", f"{path}\n{alt}")
    sentences = writer.sentences((Text(caption),)) if caption else ()
    return Figure(figure_id, writer.place(line), PurePosixPath(path).as_posix(), alt, sentences)


def _written(address: str) -> str:
    """An address as Markdown writes it."""
    return f"<{unquote(address)}>" if re.search(r"%20|[\s()]", address) else address


def _bare(path: str) -> str:
    """A picture's name alone, as Markdown writes it."""
    name = shortened(re.split(r"[/\\]", path.rstrip("/\\"))[-1])
    return f"<{name}>" if re.search(r"[\s()]", name) else name


def _fault(writer: Writer, path: str) -> tuple[str, str, str] | None:
    """What is wrong with a picture: a finding's code, the words, and the fix."""
    source = writer.origin.source.resolve()
    if re.match(r"[a-z][a-z0-9+.-]+:", path, re.I) or path.startswith("//"):
        return (
            "picture-missing",
            "is somewhere else",
            "Save it beside the article and name it there; nothing is loaded from elsewhere",
        )
    try:
        target = real(source / path)
        inside = target.is_relative_to(source)
        there = inside and target.is_file()
    except (OSError, ValueError):
        inside = there = False
    if not inside:
        fix = f"Put it beside the article, and write its name alone: ({_bare(path)})"
        return "picture-missing", "is outside source/", fix
    if not there:
        return "picture-missing", "is not there", "Put it in source/, or correct its name"
    return picture_fault(target)
