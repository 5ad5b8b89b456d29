"""The leaflet beside other makers: the same article, one run, each maker in cold processes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.blocks import Kept, count_whole
from benchmarks.measures import Figure, Lines, Run, practice, run
from benchmarks.typst_source import typst_source
from leafcast.leaflet import layout
from leafcast.leaflet.html import write_html
from leafcast.leaflet.settings import A4
from leafcast.model import Article
from leafcast.project import Project, load_project
from leafcast.publish.model import Publication
from leafcast.readers import read_article

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a PDF, how it is called, and which PDF of the article comes out."""

    name: str
    command: tuple[str, ...]
    pdf: Path


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker took, in each round, and what its PDF is worth."""

    runs: tuple[Run, ...]
    kept: Kept
    failed: int

    @property
    def wall(self) -> float:
        """Seconds of the middle round."""
        return median(run.wall for run in self.runs)

    @property
    def rss_mib(self) -> float:
        """The most memory of any round."""
        return max(run.rss_mib for run in self.runs)


def leaflet() -> Iterator[Figure | Lines]:
    """All editions and A4 alone, WeasyPrint as it is, Typst; then the tag pass at 1×, 10×, 100×."""
    with practice() as folder, _workshop(folder) as (article, makers):
        made = _make_in_turns(article, makers)
        ours = made["leafcast, all editions"]
        yield Figure("all print editions in one cold process: wall", ours.wall, "s", 3)
        yield Figure("all print editions in one cold process: memory", ours.rss_mib, "MiB", 200)
        for name in ("leafcast, all editions", "leafcast, A4"):
            kept, failed = made[name].kept, made[name].failed
            yield Figure(f"{name}: blocks not whole", kept.blocks - kept.exact, "", 0)
            yield Figure(f"{name}: rules failed in veraPDF’s PDF/UA-1", failed, "", 0)
        yield _table(made)
        if not find_spec("typst"):
            yield Lines(("Typst is not here: pip install typst, then measure again",))
    yield from _tag_pass()


# ---------------------------------------------------------------- the makers


@contextmanager
def _workshop(folder: Path) -> Iterator[tuple[Article, list[Maker]]]:
    """What each maker starts from, laid ready in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="leafcast-makers-") as name:
        work = Path(name)
        project = load_project(folder)
        (path,) = project.source.glob("*.md")
        article = read_article(path, project.source).article
        assert article
        _lay_ready(Publication(article, project), work)
        yield article, list(_makers(folder, work, article.slug))


def _lay_ready(publication: Publication, work: Path) -> None:
    """The HTML that leafcast lays out as A4, its pictures and fonts; and the Typst source."""
    project = publication.project
    layout._weasyprint(project)
    html = write_html(publication, A4).replace(layout.SCHEME, "")
    (work / "article.html").write_text(html, encoding="utf-8")
    for picture in ("motif.svg", "qr.svg"):
        content, _ = layout.read_address(publication, layout.SCHEME + picture)
        (work / picture).write_bytes(content)
    shutil.copy(project.work / "fonts/fonts.conf", work)
    source = typst_source(publication.article, project.practice.look.font)
    (work / "article.typ").write_text(source, encoding="utf-8")
    shutil.copytree(_fonts(project), work / "fonts")


def _fonts(project: Project) -> Path:
    return next(each / layout.FONTS for each in project.data if (each / layout.FONTS).is_dir())


def _makers(folder: Path, work: Path, slug: str) -> Iterator[Maker]:
    start = ("-m", "benchmarks.makers")
    out = work / "all"
    command = (*start, "leafcast", str(folder), str(out))
    yield Maker("leafcast, all editions", command, out / f"{slug}-booklet-print.pdf")
    out = work / "a4"
    command = (*start, "leafcast", str(folder), str(out), "a4")
    yield Maker("leafcast, A4", command, out / f"{slug}-a4.pdf")
    out = work / "weasyprint.pdf"
    command = (*start, "weasyprint", str(work / "article.html"), str(out))
    yield Maker("WeasyPrint alone, A4", command, out)
    if find_spec("typst"):
        out = work / "typst.pdf"
        yield Maker("Typst, A4", (*start, "typst", str(work / "article.typ"), str(out)), out)


def _make_in_turns(article: Article, makers: list[Maker]) -> dict[str, Made]:
    """Every maker once a round, so that a busy moment of the machine meets them all."""
    from tests.integration.verapdf import failed_rules

    runs: dict[str, list[Run]] = {maker.name: [] for maker in makers}
    for _ in range(ROUNDS):
        for maker in makers:
            runs[maker.name].append(run(*maker.command))
    return {
        maker.name: Made(
            tuple(runs[maker.name]), count_whole(article, maker.pdf), len(failed_rules(maker.pdf))
        )
        for maker in makers
    }


def _table(made: dict[str, Made]) -> Lines:
    """The makers side by side."""
    heads = ("", "wall s", "memory MiB", "whole blocks", "letters only", "rules failed")
    rows = [
        (
            name,
            f"{each.wall:.2f}",
            f"{each.rss_mib:.0f}",
            f"{each.kept.exact} of {each.kept.blocks}",
            f"{each.kept.letters} of {each.kept.blocks}",
            str(each.failed),
        )
        for name, each in made.items()
    ]
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    return Lines(
        tuple(
            "   ".join(
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in (heads, *rows)
        )
    )


# ---------------------------------------------------------------- the tag pass


def _tag_pass() -> Iterator[Figure]:
    """The tag pass over all else that makes the A4 leaflet, and both over those of one article."""
    first: dict[str, float] = {}
    for times in (1, 10, 100):
        with practice(times) as folder:
            once = ("once",) if times == 100 else ()
            said = run("-m", "benchmarks.tagging", str(folder), *once).said
            first = first or said
            share = said["tags"] / said["rest"]
            yield Figure(f"A4 of {times}×: tag pass ÷ layout and write", share, "", 0.35)
            for what, name in (("tags", "tag pass"), ("rest", "layout and write")):
                if times > 1:
                    growth = said[what] / first[what] / times
                    yield Figure(
                        f"A4 of {times}×: {name} ÷ {times} times that of 1×", growth, "", 1.1
                    )
