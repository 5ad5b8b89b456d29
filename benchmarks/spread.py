"""Many articles on a cluster of this machine's own processes, against a build's own jobs.

What a start costs is left out: the second of two practices has so many more articles. What the
cluster makes must be the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.many import practice_of
from benchmarks.measures import Figure, Run, build

FEW: Final = 10
WORKERS: Final = 2
WAYS: Final = {"own": (), "cluster": ("--cluster", "local")}


def spread(times: int = 100) -> Iterator[Figure]:
    """`times` small articles as A4 leaflets, beyond the first `FEW`."""
    _built(1)  # which compiles the program, where nothing has run yet
    cpu, published = {}, {}
    for way, asked in WAYS.items():
        few, _ = _built(FEW, *asked)
        many, published[way] = _built(FEW + times, *asked)
        cpu[way] = many.cpu - few.cpu
        yield Figure(f"{times} articles, {way}: CPU, an article", cpu[way] / times, "s")
        yield Figure(f"{FEW} articles, {way}: CPU, with the start", few.cpu, "s")
    yield Figure(
        f"{times} articles by {WORKERS} workers ÷ {WORKERS} own jobs, start apart",
        cpu["cluster"] / cpu["own"],
        "",
        1.6,
        goal=1.15,
    )
    own, theirs = published["own"].items(), published["cluster"].items()
    yield Figure("files of the cluster that are not the same bytes", len(own ^ theirs), "", 0)


def _built(count: int, *asked: str) -> tuple[Run, dict[str, bytes]]:
    with practice_of(count) as folder:
        took = build(folder, "--jobs", str(WORKERS), "--edition", "a4", *asked)
        return took, _files(folder / "dist")


def _files(dist: Path) -> dict[str, bytes]:
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in sorted(dist.rglob("*"))
        if path.is_file()
    }
