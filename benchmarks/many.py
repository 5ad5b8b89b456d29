"""A practice of many articles: does each cost what it costs among few, and one that stands nothing?

The machine may do other work meanwhile, so that the processor's time is what is held to a goal.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.measures import Figure, Run, build, run
from leafcast.build.plan import Job
from leafcast.build.publish import Published, staging
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.report import Report
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles
from leafcast.state.cache import write_beside
from leafcast.state.manifest import write_manifest
from leafcast.state.store import open_state

SIZES: Final = (10, 50, 200)
FEW: Final = ("a4", "epub", "library", "sitemap", "sums")
"""Print, sound and screen (an e-book holds sections and the booklet); all editions of 200 articles
would take an hour."""
UNCHANGED_BUILDS: Final = 3
MANIFEST: Final = """\
import json, sys, time
from pathlib import Path
from leafcast.state.manifest import read_manifest, write_manifest
dist, out = Path(sys.argv[1]), Path(sys.argv[2])
began = time.process_time()
manifest = read_manifest(dist)
read = time.process_time()
write_manifest(out, manifest)
print(json.dumps({"read": read - began, "write": time.process_time() - read}))
"""
"""Reads a manifest, and writes it: CPU seconds."""
RECORDED: Final = """\
import json, sys
from pathlib import Path
from benchmarks.many import record
print(json.dumps(record(Path(sys.argv[1]), int(sys.argv[2]))))
"""
"""Publishes one article of many, again and again: CPU seconds of the quickest; and of the end."""
MANY: Final = 5000
SEED: Final = 2026

PRACTICE: Final = """\
[practice]
name = "Jo Example"
description = "Counsellor"
website = "https://example.org"

[contact]
invitation = "Please visit the website to get in touch."

[sound]
voice = "tone"
"""
SUBJECTS: Final = (
    "A quiet hour", "The first meeting", "A good question", "Your therapist", "A friend",
    "The waiting room", "A long walk", "Silence", "A steady rhythm", "The end of a session",
    "An old worry", "Sleep", "A change of job", "The family table", "Grief", "A small step",
)  # fmt: skip
VERBS: Final = (
    "makes room for", "is not the same as", "often begins with", "can be stronger than",
    "takes time beside", "asks nothing of", "helps you notice", "slowly changes",
    "does not replace", "may remind you of", "leaves space for", "rests on",
)  # fmt: skip
OBJECTS: Final = (
    "what you feel", "a clear agreement", "the words you have", "an honest no", "your own pace",
    "what came before", "a plan for bad days", "the people around you", "small habits",
    "the body’s signals", "a second opinion", "hope", "doubt", "the week ahead", "trust",
)  # fmt: skip
CIRCUMSTANCES: Final = (
    "on most days", "in the first weeks", "when evenings are long", "after a loss",
    "before anything is decided", "without any hurry", "even at work", "in every family",
    "for as long as you like", "at {number} o’clock as much as at noon",
    "in {number} of a hundred lives",
)  # fmt: skip


def write_practice(folder: Path, count: int) -> tuple[str, ...]:
    """Write a practice with `count` short articles, always the same ones; gives their slugs."""
    (folder / "source").mkdir(parents=True)
    (folder / "source/practice.toml").write_text(PRACTICE, encoding="utf-8")
    slugs = []
    for number in range(1, count + 1):
        chance = random.Random(SEED + number)
        title = f"{_phrase(chance)}, part {number}"
        slugs.append(re.sub(r"[^a-z0-9]+", "-", title.lower().replace("’", "")).strip("-"))
        (folder / "source" / f"{slugs[-1]}.md").write_text(
            article_text(title, number, chance), "utf-8"
        )
    return tuple(slugs)


def article_text(title: str, number: int, chance: random.Random) -> str:
    """A short article in Markdown: an introduction and two or three sections."""
    year, month = divmod(number, 12)
    parts = [
        "---",
        f"title: {title}",
        "author: Jo Example",
        f"published: {2026 - year % 2}-{month + 1:02}-01",
        "review: 2028-03-01",
        f"summary: {_sentence(chance)}",
        "---",
        "",
        _paragraph(chance),
    ]
    for _ in range(chance.randint(2, 3)):
        parts += ["", f"## {_phrase(chance)}", "", _paragraph(chance), ""]
        parts += [f"- {_phrase(chance).lower()}" for _ in range(chance.randint(2, 4))]
    return "\n".join(parts) + "\n"


def _phrase(chance: random.Random) -> str:
    return f"{chance.choice(SUBJECTS)} and {chance.choice(OBJECTS)}"


def _sentence(chance: random.Random) -> str:
    when = chance.choice(CIRCUMSTANCES).format(number=chance.randint(2, 12))
    return f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} {when}."


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 4)))


@contextmanager
def practice_of(count: int) -> Iterator[Path]:
    """A practice's folder with `count` short articles, told by tones."""
    with tempfile.TemporaryDirectory(prefix="leafcast-benchmark-") as name:
        folder = Path(name)
        write_practice(folder, count)
        yield folder


# ---------------------------------------------------------------- the measure


def clones(count: int) -> Manifest:
    """What a dist/ would hold of `count` articles in 17 editions of 44 files."""
    manifest = Manifest(site={"sums": EditionRecord({}, (_file("SHA256SUMS", 0),))})
    titles = {f"article-{number}": f"Article {number}" for number in range(count)}
    made_from = dict.fromkeys(("article", "practice", "program", "packages"), "ab" * 20)
    publications = {
        slug: {
            f"edition-{n}": EditionRecord(
                made_from,
                tuple(_file(f"{slug}/{n}-{at}.pdf", at) for at in range(3 if n < 10 else 2)),
            )
            for n in range(17)
        }
        for slug in titles
    }
    return replace(manifest, titles=titles, publications=publications)


def _file(path: str, number: int) -> FileRecord:
    return FileRecord(path, 1000, "application/pdf", f"{number:064x}", pages=1)


def recorded() -> Iterator[Figure]:
    """One article of thousands is published: what that costs, and what the end of a build does."""
    with practice_of(1) as folder:
        took = run("-c", RECORDED, str(folder), str(MANY)).said
    yield Figure(f"{MANY} articles: one that changed recorded, CPU", took["one"], "s", 0.02)
    yield Figure(f"{MANY} articles: the first of a build, with its sums, CPU", took["first"], "s")
    yield Figure(f"{MANY} articles: the manifest, once at the end, CPU", took["end"], "s")


def record(folder: Path, count: int) -> dict[str, float]:
    """CPU seconds for publishing one article among `count`, time and again, and for the end."""
    project = load_project(folder)
    (article,) = read_articles(project, Report()).values()
    assert article
    manifest = clones(count).with_publication(article.slug, article.title, {"a4": _one(article, 0)})
    write_manifest(project.dist, manifest)
    sums = sorted(f"{each.sha256}  {each.path}\n" for each in manifest.files)
    (project.dist / "SHA256SUMS").write_text("".join(sorted(sums, key=lambda line: line[66:])))
    times = []
    with open_state(project.work) as state:
        published = Published(project, state)
        published.expect([article.slug])
        for number in range(1, 6):
            job, one = Job(article.slug, "a4", {}, "it changed"), _one(article, number)
            write_beside(staging(project, job) / "a4.pdf", b"%d" % number)
            began = time.process_time()
            published.article(article, {job: one})
            times.append(time.process_time() - began)
        began = time.process_time()
        published.finish()
        end = time.process_time() - began
    return {"first": times[0], "one": median(times[1:]), "end": end}


def _one(article: Article, number: int) -> EditionRecord:
    return EditionRecord({"article": str(number)}, (_file(f"{article.slug}/a4.pdf", number),))


@dataclass(frozen=True, slots=True)
class Built:
    """What a practice of `count` articles costs: built, left alone, and one article edited."""

    count: int
    cold: Run
    unchanged: Run
    edited: Run


def many() -> Iterator[Figure]:
    """10, 50 and 200 articles, told by tones, in a few editions each."""
    before: list[Built] = []
    for count in SIZES:
        with practice_of(count) as folder:
            built = _build(folder, count)
            yield from _figures(built)
            yield from _weights(folder, count)
            if before:
                yield from _growth(before[0], built)
            before.append(built)
    yield from _flatness(*before)


def _build(folder: Path, count: int) -> Built:
    few = [word for name in FEW for word in ("--edition", name)]
    cold = build(folder, *few)
    unchanged = [build(folder, *few) for _ in range(UNCHANGED_BUILDS)]
    path = sorted((folder / "source").glob("*.md"))[count // 2]
    path.write_text(path.read_text("utf-8") + "\nA sentence that is new.\n", encoding="utf-8")
    return Built(count, cold, min(unchanged, key=lambda each: each.cpu), build(folder, *few))


def _figures(built: Built) -> Iterator[Figure]:
    count, whole = built.count, built.count == SIZES[-1]
    yield Figure(f"{count} articles: CPU, an article", built.cold.cpu / count, "s")
    yield Figure(f"{count} articles: peak memory", built.cold.rss_mib, "MiB")
    yield Figure(
        f"{count} articles, nothing changed: CPU", built.unchanged.cpu, "s", 1.5 if whole else None
    )
    yield Figure(f"{count} articles, nothing changed: memory", built.unchanged.rss_mib, "MiB")
    yield Figure(f"{count} articles, one edited: CPU", built.edited.cpu, "s")


def _growth(first: Built, built: Built) -> Iterator[Figure]:
    """What an edit costs more than among ten, and what memory does."""
    most = 1.5 if built.count == SIZES[-1] else None
    more = built.edited.cpu - first.edited.cpu
    yield Figure(f"{built.count} articles, one edited: more than of {first.count}", more, "s", most)
    share = built.cold.rss_mib / first.cold.rss_mib
    yield Figure(f"{built.count} articles: memory ÷ that of {first.count}", share, "", 1.25)


def _flatness(few: Built, some: Built, all_of_them: Built) -> Iterator[Figure]:
    """What an article costs among many, over what it costs among few; both without the start."""
    near = (some.cold.cpu - few.cold.cpu) / (some.count - few.count)
    far = (all_of_them.cold.cpu - some.cold.cpu) / (all_of_them.count - some.count)
    yield Figure("an article beyond the 50th ÷ one beyond the 10th, CPU", far / near, "", 1.15)


def _weights(folder: Path, count: int) -> Iterator[Figure]:
    """What the library and the manifest weigh, and what the manifest costs."""
    dist = folder / "dist"
    page = (dist / "index.html").stat().st_size / 1e3
    yield Figure(f"{count} articles: the library, a hundred articles", page / count * 100, "kB")
    size = (dist / "manifest.json").stat().st_size / 1e3
    yield Figure(f"{count} articles: the manifest, an article", size / count, "kB")
    took = run("-c", MANIFEST, str(dist), str(folder)).said
    for name, what in (("read", "read"), ("write", "written")):
        yield Figure(f"{count} articles: the manifest {what}", took[name] * 1e3, "ms")
