"""The folder source/: which of its files hold an article, and all of them read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from leafcast.document.article import Article, Reading
from leafcast.document.errors import LeafcastError
from leafcast.document.report import Finding, Place, Report, Severity, finding_of
from leafcast.practice.project import PRACTICE_FILE, Project
from leafcast.readers import READERS, article_slug, read_article
from leafcast.readers.guard import read_or_told
from leafcast.readers.other_files import LOCK, UNREAD, copy_of
from leafcast.readers.readings import KeptReadings


def source_files(project: Project) -> tuple[Path, ...]:
    """What in source/ is called as a file that a reader knows, by name; of one name the Markdown
    first. One that is no file is told when it is read.
    """
    there = [
        path
        for path in project.source.glob("*")
        if path.suffix.lower() in READERS and not LOCK.match(path.name)
    ]
    return tuple(sorted(there, key=_rank))


def _rank(path: Path) -> tuple[str, int, bool, str]:
    """By the article's name; of several with one name, the Markdown and the exact name first."""
    slug = article_slug(path)
    return slug, list(READERS).index(path.suffix.lower()), path.stem != slug, path.name


def shown_as(project: Project, path: Path) -> str:
    """A file of the project as its owner knows it."""
    return path.relative_to(project.folder).as_posix()


def read_source(project: Project, path: Path, kept: KeptReadings | None = None) -> Reading:
    """The article in a file of source/; not read again where it is `kept` as it is.

    Raises SourceError when it cannot be read at all.
    """
    shown = shown_as(project, path)

    def read() -> Reading:
        return read_or_told(lambda: read_article(path, project.source), shown, project.work)

    return kept.of(path, read) if kept else read()


def read_articles(
    project: Project,
    report: Report,
    published: Collection[str] = (),
    kept: KeptReadings | None = None,
) -> dict[str, Article | None]:
    """Every article by its slug; None where it cannot be built, so that nothing is deleted.

    One that is not written yet is none, unless it is among those `published` before.
    """
    articles: dict[str, Article | None] = {}
    sources: dict[str, Path] = {}
    unwritten = False
    for path in source_files(project):
        shown, slug = shown_as(project, path), article_slug(path)
        if slug in sources:
            report.add([_two_of_a_name(shown, sources[slug])])
            continue
        sources[slug] = path
        try:
            reading = read_source(project, path, kept)
        except LeafcastError as error:
            report.add([finding_of(error, "article-unreadable", shown)])
            articles[slug] = None
            continue
        report.add(reading.findings)
        unwritten = unwritten or reading.unwritten
        if not reading.unwritten or slug in published:
            articles[slug] = reading.article
    if kept:
        kept.keep_only([path.name for path in sources.values()])
    report.add(_not_read(project))
    report.add(_copies(project))
    if not articles and not unwritten:
        report.add([_no_articles()])
    return articles


def _two_of_a_name(shown: str, used: Path) -> Finding:
    """What to say of a file whose name another has: beside Markdown it is what that was made of."""
    made_of = used.suffix.lower() == ".md" and not shown.casefold().endswith(".md")
    return Finding(
        "two-articles-of-a-name",
        Severity.ADVICE if made_of else Severity.ERROR,
        f"{used.name} has the same name and is used; this file is left out",
        "Move it into source/originals/" if made_of else "Rename or remove one of them",
        Place(shown),
    )


def _not_read(project: Project) -> Iterator[Finding]:
    """What to say of files in source/ that hold an article, and that no reader knows."""
    for path in sorted(project.source.glob("*")):
        remedy = UNREAD.get(path.suffix.casefold())
        if remedy and path.suffix.casefold() not in READERS and not LOCK.match(path.name):
            yield Finding(
                "file-not-read",
                Severity.ADVICE,
                "This is not a kind of file leafcast can read",
                remedy,
                Place(shown_as(project, path)),
            )


def _copies(project: Project) -> Iterator[Finding]:
    """What to say of articles and settings that another program made a second version of."""
    there = {path.name for path in project.source.glob("*")}
    for name in sorted(there):
        original = copy_of(name)
        is_settings = original == Path(PRACTICE_FILE).name
        if original in there and (is_settings or Path(name).suffix.lower() in READERS):
            yield Finding(
                "looks-like-a-copy",
                Severity.WARNING,
                f"This looks like a copy of {original}, such as cloud folders and browsers make; "
                + ("it is not read" if is_settings else "it is an article of its own"),
                f"Compare the two, keep what is right in {original}, and delete this one"
                + ("" if is_settings else ", or give it another name"),
                Place(f"source/{name}"),
            )


def _no_articles() -> Finding:
    return Finding(
        "no-article",
        Severity.WARNING,
        "There is no article in source/ yet",
        'Start one with: leafcast new "Its title"',
        Place("source"),
    )
