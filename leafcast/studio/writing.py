"""Writing an article in the editor, and seeing what it will be."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, Final

from starlette.responses import Response

from leafcast.document.errors import LeafcastError, UsageError
from leafcast.page.media import media_type
from leafcast.starting.from_file import start_from_file
from leafcast.state.cache import write_beside
from leafcast.studio.articles import Kept
from leafcast.studio.edited import Unclear, article_of
from leafcast.studio.editor import Json, document_of, line_of, rows
from leafcast.studio.entries import told
from leafcast.studio.live import live_page
from leafcast.studio.saving import save
from leafcast.studio.seeing import FORMS, Seen
from leafcast.studio.studio import NotThere, Studio

PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")
ELSEWHERE: Final = "You changed this in another window. See both."
GONE: Final = "The file of this article is gone. Your words are still on this page."
UNREADABLE: Final = (
    "I cannot read this article as it stands",
    "Go back to an earlier version, or bring the file in again",
)


def own_words(studio: Studio, slug: str) -> None:
    """Where source/ holds another program's file, begin the article that she goes on with."""
    path = studio.path(slug)
    if path.suffix.lower() != ".md":
        started = start_from_file(studio.project, path)
        if started.path is None:
            raise LeafcastError(*UNREADABLE)


def editor(studio: Studio, slug: str) -> dict[str, Any]:
    """What the editor's page needs: the document, its version, and what deserves a look."""
    kept = _readable(studio, slug)
    assert kept.article
    return {
        "document": document_of(kept.article),
        "version": kept.hash,
        "notices": notices(studio, slug),
    }


def _readable(studio: Studio, slug: str) -> Kept:
    kept = studio.articles.read(studio.project, studio.path(slug))
    if kept.article is None:
        raise LeafcastError(*UNREADABLE)
    return kept


def save_words(studio: Studio, slug: str, given: Json) -> tuple[Json, int]:
    """Keep what was written, if it began from what the file says; gives the answer and status."""
    project = studio.project
    path = studio.articles.find(project, slug)
    if path is None:
        back = dict(studio.versions.away(())).get(slug)
        return {"words": GONE, "back": back}, 409
    kept = _readable(studio, slug)
    assert kept.article
    if given.get("version") != kept.hash:
        return {
            "words": ELSEWHERE,
            "version": kept.hash,
            "document": document_of(kept.article),
        }, 409
    try:
        article = article_of(given["document"], kept.article)
    except (Unclear, KeyError) as error:
        return {"words": f"This could not be understood ({error}). Nothing was changed."}, 422
    if not article.title:
        return {"words": "Write a title above the text."}, 422
    if not article.introduction and not article.sections:
        return {"words": "An article needs some words. What was there is kept."}, 422
    studio.versions.keep("found", slug, "Changed outside the studio")
    if given.get("over"):  # what another window wrote is about to be written over
        studio.versions.stand()
    save(project, path, kept.article, article)
    studio.versions.note("wrote", slug, "You changed the words")
    after = studio.articles.read(project, path)
    return {"version": after.hash, "notices": notices(studio, slug)}, 200


def notices(studio: Studio, slug: str) -> Json:
    """What deserves a look, each with the place of its block in the editor; and the line on top."""
    entry = studio.entry(slug)
    lines = [line_of(row) for _, row in rows(entry.article)] if entry.article else []
    shown = [
        {
            "words": each.words,
            "cure": each.cure,
            "weighty": each.weighty,
            "block": _block_at(lines, each.line),
            "quotes": each.quotes,
            "mends": [mend.shown() for mend in each.mends],
            "key": each.key,
        }
        for each in entry.notices
    ]
    return {"line": told(entry.notices), "well": not entry.weighty, "all": shown}


def _block_at(lines: list[int | None], line: int | None) -> int | None:
    """The block that begins on a line of the file, or the last one above it."""
    before = [at for at, start in enumerate(lines) if line and start and start <= line]
    return before[-1] if before else None


def seen(studio: Studio, slug: str, form: str) -> tuple[Seen, str]:
    """A form of the leaflet as it would be, and the version it is of."""
    if form not in FORMS:
        raise NotThere("There is no such form", "Choose another one")
    path = studio.path(slug)
    practice = (studio.folder / "source" / "practice.toml").stat().st_mtime_ns

    def version() -> str:
        return f"{studio.articles.read(studio.project, path).hash[:16]}-{practice}"

    return studio.viewer.seen(path, form, version), version()


def page_of(studio: Studio, slug: str, path: str) -> Response:
    """The article's page as it is now, or a file that it shows."""
    kept = _readable(studio, slug)
    assert kept.article
    files = live_page(studio.project, kept.article)
    content = files.get(f"/{slug}/{path or 'index.html'}")
    if content is None:
        return Response("", 404)
    kind = media_type(Path(path or "index.html"))
    return Response(content, media_type=kind, headers={"Content-Security-Policy": PAGE_POLICY})


def add_picture(studio: Studio, stem: str, name: str, content: bytes) -> str:
    """Put a picture into source/; gives its name. Raises UsageError where it cannot be printed."""
    from leafcast.design.pictures import picture_fault

    source, suffix = studio.folder / "source", Path(name).suffix.lower()
    if suffix not in PICTURES:
        raise UsageError("This is not a picture I can print", "A photograph or a drawing will do")
    stems = (f"{stem}-{number}" for number in itertools.count(1))
    free = next(each for each in stems if not list(source.glob(f"{each}.*")))
    file = source / f"{free}{suffix}"
    write_beside(file, content)
    fault = picture_fault(file) if suffix != ".svg" else None
    if fault or (suffix == ".svg" and b"<svg" not in content):
        file.unlink()
        raise UsageError(
            f"This picture {fault[1] if fault else 'cannot be read as a picture'}",
            "Choose another, or save it again from the program you drew it with",
        )
    return file.name


PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; media-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""The page as it is seen here runs no script at all."""
