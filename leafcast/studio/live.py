"""dist/ as it will be: served on this machine, a page shown anew as soon as its text is saved.

Only the page is made, in memory; the sound stays as it is, and dist/ too, until a build is asked
for. What the sound does not say yet is not marked as heard.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Condition
from typing import Final

from leafcast.build.journal import manifest_of
from leafcast.build.publish import offers
from leafcast.document.article import Article, article_sentences, walk_sections
from leafcast.document.artifact import Manifest
from leafcast.document.errors import LeafcastError
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Report
from leafcast.editions.table import EDITIONS
from leafcast.narration.kept import read_narration
from leafcast.narration.model import Narration
from leafcast.page.page import ASSETS, page_html
from leafcast.page.policy import hash_of
from leafcast.practice.project import Project, load_project
from leafcast.readers import article_slug
from leafcast.readers.folder import read_source, source_files
from leafcast.state.store import open_state
from leafcast.studio.serving import inside

MANIFEST: Final = "dist/manifest.json"
ASK: Final = "/_leafcast/changed/"
LOOK_EVERY_SECONDS: Final = 0.25
WAIT_SECONDS: Final = 20.0


@dataclass
class Live:
    """What is shown in place of the files of dist/, and how often it changed."""

    folder: Path
    tell: Callable[[str, tuple[Finding, ...]], None]
    shown: dict[str, bytes] = field(default_factory=dict)
    count: int = 0
    changed: Condition = field(default_factory=Condition)

    # ------------------------------------------------------------ asked by the server

    def instead(self, path: str) -> bytes | None:
        """What is served at `path`, where that is not the file as it lies in dist/."""
        if path.startswith(ASK):
            return self._wait(path.removeprefix(ASK))
        page = self.shown.get(path)
        if not path.endswith(".html"):
            return page
        file = inside(self.folder / "dist", path)
        if page is None and file and file.is_file():
            page = file.read_bytes()
        return with_reloader(page.decode(errors="replace"), self.count).encode() if page else None

    def _wait(self, seen: str) -> bytes:
        """How often something changed, once that is not what was `seen`, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: str(self.count) != seen, WAIT_SECONDS)
            return str(self.count).encode()

    # ------------------------------------------------------------ the sources

    def watch(self, stop: Callable[[], bool]) -> None:
        """Look for saved files until `stop`; show what changed."""
        before = self.seen()
        while not stop():
            time.sleep(LOOK_EVERY_SECONDS)
            now = self.seen()
            if now.get(MANIFEST) != before.get(MANIFEST):
                self._put({}, "A build finished", (), anew=True)
            elif now != before:
                self.show({path for path in {*now, *before} if now.get(path) != before.get(path)})
            before = now

    def show_unbuilt(self) -> None:
        """Show what was saved after the last build."""
        seen = self.seen()
        built = seen.pop(MANIFEST, (0, 0))
        self.show({path for path, stat in seen.items() if stat > built})

    def show(self, saved: Collection[str]) -> None:
        """Make the pages that these files concern anew, in memory."""
        if not saved:
            return
        report = Report()
        pages: dict[str, bytes] = {}
        words = []
        try:
            project = load_project(self.folder)
            manifest = manifest_of(project)
            articles = {article_slug(path): path for path in source_files(project)[::-1]}
            stems = {article_slug(Path(path)) for path in saved}
            own = all(Path(path).parent.name == "source" and article_slug(Path(path)) in articles
                      for path in saved)  # fmt: skip
            for slug in sorted(stems & set(articles) if own else articles):
                reading = read_source(project, articles[slug])
                report.add(reading.findings)
                if reading.article:
                    pages |= live_page(project, reading.article, manifest)
                    words.append(f"Showing {slug} as it is now")
        except (LeafcastError, OSError) as error:
            words.append(f"This cannot be shown yet: {error}")
        self._put(pages, "; ".join(words) or "Nothing new to show", tuple(report.findings))

    def _put(
        self, pages: dict[str, bytes], words: str, found: tuple[Finding, ...], *, anew: bool = False
    ) -> None:
        with self.changed:
            self.shown = pages if anew else {**self.shown, **pages}
            self.count += 1
            self.changed.notify_all()
        self.tell(words, found)

    def seen(self) -> dict[str, tuple[int, int]]:
        """When sources and templates were last saved and dist/ was last built, and their sizes."""
        files = [
            path for name in ("source", "templates") for path in (self.folder / name).rglob("*")
        ]
        seen = {}
        for path in (*files, self.folder / MANIFEST):
            with suppress(OSError):
                if path.is_file():
                    stat = path.stat()
                    name = path.relative_to(self.folder).as_posix()
                    seen[name] = (stat.st_mtime_ns, stat.st_size)
        return seen


def live_page(
    project: Project, article: Article, manifest: Manifest | None = None
) -> dict[str, bytes]:
    """The page of an article as it is now, and what lies beside it, by their paths.

    `manifest` says what else there is; it is read where it is not given.
    Raises LeafcastError where the page cannot be made.
    """
    slug = article.slug
    manifest = manifest or manifest_of(project)
    files: dict[str, bytes] = {}

    def beside(name: str, content: bytes) -> str:
        files[f"/{slug}/{ASSETS}/{name}"] = content
        return f"{ASSETS}/{name}"

    with open_state(project.work) as state:
        narration = read_narration(state, slug)
    has_sound = (project.dist / slug / f"{slug}.mp3").is_file()
    told = still_told(article, narration) if narration and has_sound else None
    publication = Publication(article, project, told)
    there = offers(publication, EDITIONS["page"], {}, manifest)
    publication = replace(publication, offers=there)
    offline = project.dist / slug / f"{slug}-offline.html"
    html = page_html(
        publication, beside, f"{slug}.mp3" if told else "", offline if offline.is_file() else None
    )
    files[f"/{slug}/index.html"] = html.encode()
    return files


def still_told(article: Article, narration: Narration) -> Narration:
    """`narration` with the cues of sentences that the article still has, and its sections."""
    sentences = {each.id for each in article_sentences(article)}
    sections = {each.id for each in walk_sections(article.sections)}
    passages = tuple(
        replace(each, cues=tuple(cue for cue in each.cues if cue.sentence_id in sentences))
        for each in narration.passages
        if each.number == 1 or each.id in sections
    )
    return replace(narration, passages=passages)


def with_reloader(html: str, seen: int) -> str:
    """A page that loads itself anew once something changed, its policy widened by just that."""
    script = reloader(seen)
    html = re.sub(r"(script-src )('none'|)", rf"\1'{hash_of(script)}' ", html, count=1)
    html = html.replace("base-uri 'none'", "connect-src 'self'; base-uri 'none'", 1)
    return html.replace("</body>", f"<script>{script}</script></body>", 1)


def reloader(seen: int) -> str:
    """Asks whether something changed; the server answers when it did, or after a while."""
    return (
        "(async()=>{for(;;){try{"
        f"const now=await(await fetch('{ASK}{seen}')).text();"
        f"if(now!=='{seen}'){{location.reload();return}}"
        "}catch{await new Promise((on)=>setTimeout(on,1000))}}})();"
    )
