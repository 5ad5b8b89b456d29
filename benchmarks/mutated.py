"""Files that were damaged in some way, read: is there a traceback, a hang, or a word lost untold?

Sources of every kind and settings are cut, doubled, swapped, flipped and mixed with what parsers
heed, and read in this process, each within a limit of CPU time. In each source there are words that
stand nowhere else; one that is still in the file is in the article, or something is told.
"""

from __future__ import annotations

import io
import random
import re
import signal
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

from benchmarks.many import PRACTICE, SEED, article_text
from benchmarks.measures import Figure
from leafcast.document.errors import LeafcastError
from leafcast.narration.lexicon import read_lexicon
from leafcast.narration.voices.specs import choose_voice, read_voices
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from leafcast.state.canonical import plain

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECONDS: Final = 10
"""CPU time within which a file is read, whatever is in it; a whole one takes hundredths."""
PLANTED: Final = re.compile(rb"zq[a-z]{6}qz")
SIGNS: Final = (
    b"<", b">", b"&", b"[", b"](", b"```", b"---\n", b"|", b"\n\n", b"\x00", b"\xff", b"# ", b"- ",
    b"\xef\xbb\xbf", b"> ", b"[^1]", b"<!--", b"-->", b"<table>", b"<script>", b"{", b"=\n", b"\t",
    b"\\", b'"', b"'", b"\xe2\x80\xae", b"&#x202e;", b"<p>", b"</p>", b"<w:p>", b"%s", b"0" * 30,
    b"(a+)+$",
)  # fmt: skip
"""What some parser heeds."""
SETTINGS: Final = {
    "source/practice.toml": PRACTICE,
    "audio/lexicon.toml": '[words]\n"Siân" = "Sharn"\n[patterns]\n"No. ([0-9]+)" = "no \\\\1"\n',
    "audio/voices.toml": '[voices.mine]\nengine = "tone"\nlouder = 2\n',
}


class Hung(BaseException):
    """It took longer than it may."""


@dataclass(slots=True)
class Tried:
    """What became of the files: how many of each kind, and what went wrong, in words."""

    files: Counter[str] = field(default_factory=Counter)
    tracebacks: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


# ---------------------------------------------------------------- whole files


def sources(chance: random.Random) -> dict[str, bytes]:
    """A file of each kind, with words planted in it."""
    words = _planted(article_text("A quiet hour", 7, chance), chance)
    text = re.sub(r"\A---.*?---\n", "", words, flags=re.S)
    body = "".join(_html(line) for line in text.splitlines() if line.strip())
    page = f"<!doctype html><title>A quiet hour</title><main><h1>A quiet hour</h1>{body}</main>"
    return {
        ".md": words.encode(),
        ".txt": text.replace("## ", "").encode(),
        ".html": page.encode(),
        ".docx": _docx([line.lstrip("#- ") for line in text.splitlines() if line.strip()]),
        ".eml": b"Subject: A quiet hour\nFrom: jo@example.org\nContent-Type: text/plain\n\n"
        + text.encode("ascii", "replace"),
    }


def _planted(text: str, chance: random.Random) -> str:
    """The text with a word that stands nowhere else before each full stop."""

    def word(_: re.Match[str]) -> str:
        return " zq" + "".join(chance.choice("bcdfghklmnprstv") for _ in range(6)) + "qz."

    return re.sub(r"(?<=[a-z])\.(?=\s)", word, text)


def _html(line: str) -> str:
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    return f"<ul><li>{line[2:]}</ul>" if line.startswith("- ") else f"<p>{line}</p>"


def _docx(lines: list[str]) -> bytes:
    """A Word file of these paragraphs (ECMA-376, part 1)."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return _packed(
        f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'.encode()
    )


def _packed(document: bytes) -> bytes:
    """A Word file with this for its text."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        'Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


# ---------------------------------------------------------------- damaged files


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four things done to it."""
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(MUTATIONS)(content, chance)
    return content


def _part(content: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randrange(len(content) + 1)
    return first, min(len(content), first + int(chance.expovariate(1 / 40)))


def _cut(content: bytes, chance: random.Random) -> bytes:
    first, last = _part(content, chance)
    return content[:first] + content[last:]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    first, last = _part(content, chance)
    return content[:last] + content[first:last] * chance.choice((1, 1, 50)) + content[last:]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return (
        content[:at]
        + bytes(byte ^ 1 << chance.randrange(8) for byte in content[at : at + 1])
        + content[at + 1 :]
    )


def _with_a_sign(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(SIGNS) * chance.choice((1, 1, 2, 40)) + content[at:]


def _lines_swapped(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _ended(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


MUTATIONS: Final = (_cut, _doubled, _flipped, _with_a_sign, _lines_swapped, _ended)


# ---------------------------------------------------------------- the trial


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise Hung in what takes longer, by its CPU time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def try_files(folder: Path, times: int, seed: int, kept: Path | None = None) -> Tried:
    """Read so many damaged files in a practice in `folder`; those that do harm stay in `kept`."""
    chance, tried = random.Random(seed), Tried()
    whole = sources(chance)
    kinds = [*whole, *whole, *SETTINGS]
    for number in range(times):
        kind = chance.choice(kinds)
        _lay_out(folder)
        path = folder / kind if kind in SETTINGS else folder / f"source/hour{kind}"
        content = mutated(whole.get(kind) or SETTINGS[kind].encode(), chance)
        if kind == ".docx" and chance.random() < 0.7:  # damage inside, where no sum finds it
            with zipfile.ZipFile(io.BytesIO(whole[kind])) as archive:
                content = _packed(mutated(archive.read("word/document.xml"), chance))
        path.write_bytes(content)
        tried.files[kind] += 1
        before = len(tried.tracebacks) + len(tried.hangs) + len(tried.lost)
        _try(partial(_read, folder, path, content), f"{number} {kind}", tried)
        if kept and len(tried.tracebacks) + len(tried.hangs) + len(tried.lost) > before:
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{number}{path.suffix}").write_bytes(content)
        path.unlink()
    return tried


def _lay_out(folder: Path) -> None:
    for name, content in SETTINGS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def _try(read: Callable[[], str], what: str, tried: Tried) -> None:
    try:
        with within(SECONDS):
            if lost := read():
                tried.lost.append(f"{what}: {lost}")
    except LeafcastError:
        pass  # it is told
    except Hung:
        tried.hangs.append(what)
    except Exception as error:  # noqa: BLE001  (what is looked for)
        where = traceback.extract_tb(error.__traceback__)[-1]
        tried.tracebacks.append(
            f"{what}: {type(error).__name__}: {error} ({where.filename}:{where.lineno})"
        )


def _read(folder: Path, path: Path, content: bytes) -> str:
    """Read a source or settings; gives the planted words that are lost and not told."""
    if path.suffix == ".toml":
        project = load_project(folder)
        read_voices(project)
        read_lexicon(project, choose_voice("tone", project))
        return ""
    reading = read_article(path, folder / "source")
    if reading.article is None or path.suffix in (".docx", ".eml"):
        return ""
    there = {word.decode() for word in PLANTED.findall(content)}
    found = {word.decode() for word in PLANTED.findall(repr(plain(reading.article)).encode())}
    return "" if reading.findings else ", ".join(sorted(there - found))


def damaged(times: int = 1000, seed: int = SEED) -> Iterator[Figure]:
    """Damaged files read; `--times` says how many."""
    with tempfile.TemporaryDirectory(prefix="leafcast-mutated-") as name:
        tried = try_files(Path(name), times, seed)
    yield Figure("damaged files read", sum(tried.files.values()), "")
    yield Figure("tracebacks", len(tried.tracebacks), "", 0)
    yield Figure(f"files that took more than {SECONDS} s of CPU", len(tried.hangs), "", 0)
    yield Figure("files with words lost and nothing told", len(tried.lost), "", 0)
    for words in [*tried.tracebacks, *tried.hangs, *tried.lost][:20]:
        print("   ", words)
