"""The leaflet beside other makers: the same article, one run, each maker in cold processes.

Nothing heavy is imported here: a process starts with the memory of the one that started it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.measures import SLUG, Figure, Lines, Run, practice, run

ROUNDS = 5
HEADS = ("", "wall s", "memory MiB", "whole blocks", "but for spaces", "rules failed")


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a PDF, how it is called, and which PDF of the article comes out."""

    name: str
    command: tuple[str, ...]
    pdf: Path


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker took, in the middle and at most, and what its PDF is worth.

    Of `blocks` of the article `exact` are one element with their words; `letters` are one element
    with their letters at least. `failed` counts rules of PDF/UA-1 by veraPDF.
    """

    wall: float
    rss_mib: float
    blocks: int
    exact: int
    letters: int
    failed: int

    @property
    def row(self) -> tuple[str, ...]:
        """As the table of makers shows it."""
        return (
            f"{self.wall:.2f}",
            f"{self.rss_mib:.0f}",
            f"{self.exact} of {self.blocks}",
            f"{self.letters} of {self.blocks}",
            str(self.failed),
        )


def leaflet() -> Iterator[Figure | Lines]:
    """All editions and A4 alone, WeasyPrint as it is, Typst; then the tag pass at 1×, 10×, 100×."""
    with practice() as folder, tempfile.TemporaryDirectory() as work:
        run("-m", "benchmarks.makers", "lay-ready", str(folder), work)
        made = _make_in_turns(folder, list(_makers(folder, Path(work))))
    ours = made["leafcast, all editions"]
    yield Figure("all print editions in one cold process: wall", ours.wall, "s", 3)
    yield Figure("all print editions in one cold process: memory", ours.rss_mib, "MiB", 200)
    for name in ("leafcast, all editions", "leafcast, A4"):
        broken = made[name].blocks - made[name].exact
        yield Figure(f"{name}: blocks not whole", broken, "", 0)
        yield Figure(f"{name}: rules of PDF/UA-1 failed", made[name].failed, "", 0)
    yield Lines(tuple(_table([(name, *each.row) for name, each in made.items()])))
    if not find_spec("typst"):
        yield Lines(("Typst is not here: pip install typst, then measure again",))
    yield from _tag_pass()


def _makers(folder: Path, work: Path) -> Iterator[Maker]:
    def command(*words: object) -> tuple[str, ...]:
        return ("-m", "benchmarks.makers", *map(str, words))

    out = work / "all"
    booklet = out / f"booklet/{SLUG}-booklet-print.pdf"
    yield Maker("leafcast, all editions", command("leafcast", folder, out), booklet)
    out = work / "a4"
    a4 = out / f"a4/{SLUG}-a4.pdf"
    yield Maker("leafcast, A4", command("leafcast", folder, out, "a4"), a4)
    out = work / "weasyprint.pdf"
    yield Maker("WeasyPrint alone, A4", command("weasyprint", work / "article.html", out), out)
    if find_spec("typst"):
        out = work / "typst.pdf"
        yield Maker("Typst, A4", command("typst", work / "article.typ", out), out)


def _make_in_turns(folder: Path, makers: list[Maker]) -> dict[str, Made]:
    """Every maker once a round, so that a busy moment of the machine meets them all."""
    runs: dict[str, list[Run]] = {maker.name: [] for maker in makers}
    for _ in range(ROUNDS):
        for maker in makers:
            runs[maker.name].append(run(*maker.command))
    pdfs = [str(maker.pdf) for maker in makers]
    worth = run("-m", "benchmarks.judging", str(folder), *pdfs).said
    return {
        maker.name: Made(
            median(each.wall for each in runs[maker.name]),
            max(each.rss_mib for each in runs[maker.name]),
            *(int(worth[f"{at} {what}"]) for what in ("blocks", "exact", "letters", "failed")),
        )
        for at, maker in enumerate(makers)
    }


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows under their heads, names to the left and figures to the right."""
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    for name, *figures in (HEADS, *rows):
        cells = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
        yield "   ".join((name.ljust(widths[0]), *cells))


def _tag_pass() -> Iterator[Figure]:
    """The tag pass over all else that makes the A4 leaflet, and both over those of one article."""
    first: dict[str, float] = {}
    for times in (1, 10, 100):
        with practice(times) as folder:
            said = run("-m", "benchmarks.tagging", str(folder)).said
        first = first or said
        share = said["tags"] / said["rest"]
        yield Figure(f"A4 of {times}×: tag pass ÷ layout and write", share, "", 0.35)
        if times > 1:
            growth = sum(said.values()) / sum(first.values()) / times
            yield Figure(f"A4 of {times}×: CPU ÷ {times} times that of 1×", growth, "", 1.1)
            growth = said["tags"] / first["tags"] / times
            yield Figure(f"A4 of {times}×: tag pass ÷ {times} times that of 1×", growth, "", 1.25)
