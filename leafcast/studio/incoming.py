"""A file that was dropped: read as `leafcast new` reads it, its guesses shown before it is kept.

It is read in a folder of its own in .leafcast/, as if that were the practice; only what the owner
says yes to goes into source/. The file she dropped stays where it is.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from leafcast.document.article import Article, article_sentences, walk_sections
from leafcast.document.errors import LeafcastError, SourceError, UsageError
from leafcast.document.identify import file_slug
from leafcast.document.report import Finding, Severity
from leafcast.practice.project import Project
from leafcast.readers import article_slug
from leafcast.readers.folder import read_source
from leafcast.readers.write_markdown import write_markdown
from leafcast.starting.from_file import ORIGINALS, named_file, start_from_file
from leafcast.state.cache import write_beside
from leafcast.studio.differing import Difference, article_in, differences, lines
from leafcast.studio.edited import article_of
from leafcast.studio.editor import Json, document_of

MOST_BYTES: Final = 100_000_000
NAME: Final = re.compile(r"[^\w .,()&'’-]+")
DEVICE: Final = re.compile(r"con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]", re.I)
"""What no file can be called on Windows, whatever its ending."""
QUOTED: Final = re.compile(r"“([^”]+)”")
SAME_SHARE: Final = 0.5
"""A file so many of whose sentences stand in an article is a form of that article."""
NOT_WAITING: Final = (
    "This file is not waiting any more",
    "If you kept it, it is among My articles; if not, drop it again",
)
UNREAD: Final = (
    "I cannot find an article in this file",
    "Is it the right one? A Word file, a saved web page, an e-mail or plain text will do.",
)


@dataclass(frozen=True, slots=True)
class Guesses:
    """What was read of a file: the article, what was found, and which headings were guessed.

    `there` says that an article of its name is there, `like` is the slug of the one that it seems
    to be a newer form of, whatever that is called.
    """

    id: str
    name: str
    article: Article
    findings: tuple[Finding, ...]
    headings: tuple[str, ...]
    there: bool
    like: str = ""

    def said(self, fact: str) -> str:
        """Where a fact comes from, in words."""
        found = [each.message for each in self.findings if each.code == f"guessed-{fact}"]
        return re.sub(r" \((?:paragraph|line) \d+\)", "", found[0]) if found else ""


def take(project: Project, name: str, content: bytes) -> str:
    """Read a dropped file; gives the name under which its guesses are found.

    Raises LeafcastError where there is no article in it.
    """
    id_ = secrets.token_hex(8)
    away = _folder(project, id_)
    file = away / "dropped" / _safe_name(name)
    write_beside(file, content)
    try:
        if named_file(str(file)) is None:
            raise UsageError("This is not a kind of file I can read", UNREAD[1])
        started = start_from_file(_apart(project, away), file)
        if started.path is None:
            raise SourceError(
                started.findings[0].message if started.findings else UNREAD[0], UNREAD[1]
            )
        guessed = (each for each in started.findings if each.code == "guessed")
        lines = [f"{each.code}\t{each.message}" for each in started.findings]
        write_beside(away / "found.txt", "\n".join(lines).encode())
        write_beside(away / "headings.txt", "\n".join(_headings(guessed)).encode())
    except LeafcastError:
        shutil.rmtree(away, ignore_errors=True)
        raise
    return id_


def guesses(project: Project, id_: str, others: Iterable[Article] = ()) -> Guesses:
    """What was read of a dropped file, beside the articles that there are.

    Raises UsageError where it is not there any more.
    """
    away = _folder(project, id_)
    path = next(iter((away / "source").glob("*.md")), None)
    article = read_source(_apart(project, away), path).article if path else None
    if path is None or article is None:
        raise UsageError(*NOT_WAITING)
    lines = (away / "found.txt").read_text("utf-8").splitlines()
    found = tuple(_found(line) for line in lines)
    guessed = (away / "headings.txt").read_text("utf-8").splitlines()
    there = {section.heading.text for section in walk_sections(article.sections)}
    dropped = next((away / "dropped").iterdir())
    slug = article_slug(path)
    same = bool(_same(project, slug))
    headings = tuple(each for each in guessed if each in there)
    like = slug if same else _likest(article, others)
    return Guesses(id_, dropped.name, article, found, headings, same, like)


def _likest(article: Article, others: Iterable[Article]) -> str:
    """The article that has most of the sentences, where it has so many that it is the same one."""
    own = {each.text for each in article_sentences(article)}
    shared = {
        each.slug: sum(sentence.text in own for sentence in article_sentences(each))
        for each in others
    }
    likest = max(shared, key=lambda each: shared[each], default="")
    return likest if likest and shared[likest] >= SAME_SHARE * len(own) else ""


def keep(project: Project, id_: str, facts: Mapping[str, str], bold: frozenset[str]) -> str:
    """Put the article into source/ with the facts she confirmed, and those headings in `bold` as
    bold words; gives its slug. Raises UsageError where one of its name is there.
    """
    found = guesses(project, id_)
    document = document_of(found.article)
    document["facts"] |= {key: facts[key] for key in document["facts"] if key in facts}
    document["blocks"] = [_unheaded(block, bold) for block in document["blocks"]]
    article = article_of(document, found.article)
    away = _folder(project, id_)
    slug = file_slug(article.title) or found.article.slug
    if _same(project, slug):
        raise UsageError(
            f"There is an article called “{article.title}” already",
            "Give this one another title, or bring it in as the newer one",
        )
    for picture in (away / "source").iterdir():
        if picture.is_file() and picture.suffix not in (".md", ".toml"):
            write_beside(project.source / picture.name, picture.read_bytes())
    for original in (away / "source" / ORIGINALS).glob("*"):
        target = project.source / ORIGINALS / f"{slug}{original.suffix}"
        if not target.exists():
            write_beside(target, original.read_bytes())
    write_beside(project.source / f"{slug}.md", write_markdown(article).text.encode())
    shutil.rmtree(away, ignore_errors=True)
    return slug


def keep_as_newer(project: Project, id_: str, slug: str) -> tuple[str, tuple[Finding, ...]]:
    """Take over what changed in the file since the article `slug` was begun from it; her
    corrections stay.
    """
    away = _folder(project, id_)
    dropped = next((away / "dropped").iterdir(), None) if away.is_dir() else None
    if dropped is None:
        raise UsageError(*NOT_WAITING)
    started = start_from_file(project, dropped, again=True, slug=slug)
    if started.path is None:
        raise UsageError(*UNREAD)
    shutil.rmtree(away, ignore_errors=True)
    return article_slug(started.path), started.findings


def newer(project: Project, id_: str, slug: str) -> tuple[Difference, ...]:
    """What a newer file would change in the article `slug`, her corrections kept.

    It is tried on a copy: nothing of hers changes. Raises LeafcastError.
    """
    away = _folder(project, id_)
    trial = away / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    for file in (*_same(project, slug), *(project.source / ORIGINALS).glob(f"{slug}.*")):
        write_beside(trial / file.relative_to(project.folder), file.read_bytes())
    dropped = next((away / "dropped").iterdir())
    started = start_from_file(_apart(project, trial), dropped, again=True, slug=slug)
    if started.path is None:
        raise UsageError(*UNREAD)
    texts = [path.read_text("utf-8") for path in (project.source / f"{slug}.md", started.path)]
    return tuple(differences(*(lines(article_in(project, text, slug)) for text in texts)))


def leave(project: Project, id_: str) -> None:
    """Forget a dropped file; hers stays where it is."""
    shutil.rmtree(_folder(project, id_), ignore_errors=True)


# ---------------------------------------------------------------- within


def _folder(project: Project, id_: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{16}", id_):
        raise UsageError(*NOT_WAITING)
    return project.work / "studio" / "incoming" / id_


def _apart(project: Project, folder: Path) -> Project:
    """The practice with its sources elsewhere."""
    return replace(project, folder=folder)


def _safe_name(name: str) -> str:
    """A name of a file from a browser as one that no file system minds."""
    plain = NAME.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")[-120:].strip()
    if DEVICE.fullmatch(plain.partition(".")[0].rstrip()):
        plain = f"A {plain}"
    return plain or "article.txt"


def _same(project: Project, slug: str) -> list[Path]:
    return list(project.source.glob(f"{slug}.*"))


def _headings(guessed: Iterator[Finding]) -> Iterator[str]:
    """The headings that were guessed, by the finding that names them."""
    for finding in guessed:
        if "read as headings" in finding.message or "read as a heading" in finding.message:
            yield from QUOTED.findall(finding.message)


def _found(line: str) -> Finding:
    code, _, message = line.partition("\t")
    return Finding(code, Severity.ADVICE, message)


def _unheaded(block: Json, bold: frozenset[str]) -> Json:
    """A heading that is none: its words, bold."""
    if block["kind"] != "heading" or "".join(run["text"] for run in block["runs"]) not in bold:
        return block
    return {"kind": "paragraph", "runs": [{**run, "strong": True} for run in block["runs"]]}
