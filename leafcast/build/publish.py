"""dist/: moving finished files in, and taking stale ones out; the one place that does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from leafcast.build.journal import SITE_KEY, Journal
from leafcast.build.moving import (
    move,
    refuse_what_is_in_the_way,
    remove_files,
    writable_dist,
)
from leafcast.build.parts import SITE
from leafcast.build.plan import Job
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.publication import Offer, Publication
from leafcast.editions.table import EDITIONS, Edition, turned_off
from leafcast.page.media import record_file
from leafcast.practice.project import Project
from leafcast.state.cache import write_through
from leafcast.state.hashes import know
from leafcast.state.store import State


def staging(project: Project, job: Job) -> Path:
    """Where a job's files are made before they are published."""
    return project.work / "staging" / (job.slug or SITE_KEY) / job.edition


def staged(project: Project, job: Job, file: FileRecord) -> Path:
    """Where a file of a job lies until it is published."""
    return staging(project, job) / _within(job, file)


def offers(
    publication: Publication,
    edition: Edition,
    made: Mapping[Job, EditionRecord],
    manifest: Manifest,
) -> tuple[Offer, ...]:
    """The files of other editions that one heeds: those `made` as staged, others as in dist/."""
    project, slug = publication.project, publication.article.slug
    staged = {job.edition: (staging(project, job), record) for job, record in made.items()}
    folder, published = project.dist / slug, manifest.publications.get(slug, {})
    there = {name: (folder, record) for name, record in published.items()}
    for name in turned_off(project.practice):
        there.pop(name, None)
    there |= staged
    return tuple(
        Offer(name, file, folder / file.path.partition("/")[2])
        for name, (folder, record) in ((each, there[each]) for each in EDITIONS if each in there)
        for file in record.files
        if edition.depends_on(name, file.path)
    )


def record_staged(project: Project, job: Job, files: tuple[Path, ...]) -> EditionRecord:
    """The record of a staged edition, its files as they will lie in dist/."""
    folder = staging(project, job)
    return EditionRecord(
        job.made_from,
        tuple(
            record_file(path, (Path(job.slug) / path.relative_to(folder)).as_posix())
            for path in files
        ),
    )


def record_part(
    project: Project, job: Job, files: tuple[Path, ...], before: EditionRecord | None
) -> EditionRecord:
    """The record of a staged part of the site; of files that it left in dist/, the one they had."""
    known = {project.dist / file.path: file for file in before.files} if before else {}
    new = tuple(path for path in files if path not in known)
    made = dict(zip(new, record_staged(project, job, new).files, strict=True))
    return EditionRecord(job.made_from, tuple({**known, **made}[path] for path in files))


class Published:
    """What stands in dist/, and all that changes it: a build has one.

    At each moment what is there is named by `manifest`, and every line of the sums is true.
    """

    def __init__(self, project: Project, state: State) -> None:
        self._project = project
        self._journal = Journal(project.dist, state)
        self._through = project.work / "staging" / SITE_KEY
        self._expected: frozenset[str] = frozenset()
        self._short = False
        self.manifest = self._journal.manifest()

    def take_out_left_behind(self) -> None:
        """Remove what a killed build moved in before it could say so. Raises LeafcastError."""
        with writable_dist():
            remove_files(self._project.dist, self._journal.left_behind(self.manifest))

    def expect(self, slugs: Collection[str]) -> None:
        """These are the articles that may be published: the sums lose what they say of all of them
        once one is, so that they are not written anew for each.
        """
        self._expected, self._short = frozenset(slugs), False

    def article(self, article: Article, made: Mapping[Job, EditionRecord]) -> None:
        """Move an article's staged files into dist/, and remove what they replace.

        Raises InTheWay, before anything is changed, where somebody's files stand in their place;
        LeafcastError when dist/ cannot be written.
        """
        slug = article.slug
        records = {
            **self.manifest.publications.get(slug, {}),
            **{job.edition: record for job, record in made.items()},
        }
        dropped = turned_off(self._project.practice) - {job.edition for job in made}
        kept = {name: records[name] for name in EDITIONS if name in records and name not in dropped}
        self._move_in(made, self.manifest.with_publication(slug, article.title, kept))
        self._journal.publication(slug, article.title, kept)

    def site(self, made: Mapping[Job, EditionRecord]) -> None:
        """Move what is made for all publications into dist/, as `article` does.

        Where there is no publication, nothing is left that tells of them.
        """
        new = {job.edition: record for job, record in made.items()}
        records = {**self.manifest.site, **new} if self.manifest.publications else {}
        site = {name: records[name] for name in SITE if name in records}
        after = replace(self.manifest, site=site)
        if made or after != self.manifest:  # a damaged file is made again just as it was
            self._move_in(made, after)
            self._journal.site(site)

    def drop_deleted(self, slugs: Collection[str]) -> tuple[str, ...]:
        """Remove publications whose source is gone: those not among `slugs`; gives the files."""
        dropped = [slug for slug in self.manifest.publications if slug not in slugs]
        after = self.manifest
        for slug in dropped:
            after = after.without(slug)
        gone = _gone(self.manifest, after)
        if dropped:
            self._move_in({}, after)
            self._journal.without(dropped)
        return tuple(sorted(gone))

    def finish(self) -> None:
        """Let dist/manifest.json say what is published. Raises LeafcastError."""
        with writable_dist():
            self._journal.close(self.manifest, self._through)

    def _move_in(self, made: Mapping[Job, EditionRecord], after: Manifest) -> None:
        """Move staged files in, and take out what they replace; `after` is what stands then."""
        project, before = self._project, self.manifest
        gone = _gone(before, after)
        moved = {
            file: staged(project, job, file)
            for job, record in made.items()
            for file in _arriving(project, job, record, before)
        }
        with writable_dist():
            refuse_what_is_in_the_way(project.dist / file.path for file in moved)
            self._withhold_sums({file.path: file.sha256 for file in moved}, gone)
            self._journal.coming({file.path for file in moved} - _standing(before, made))
            for file, path in moved.items():
                move(path, project.dist / file.path)
            for file in (file for record in made.values() for file in record.files):
                know(project.dist / file.path, file.sha256)
            remove_files(project.dist, gone)
        self.manifest = after

    def _withhold_sums(self, moved: Mapping[str, str], gone: Collection[str]) -> None:
        """Take out of the sums what is about to be false, until they are made anew."""
        record = self.manifest.site.get("sums")
        path = self._project.dist / record.files[0].path if record and record.files else None
        after = {**moved, **dict.fromkeys(gone, "")}
        if path is None or not path.is_file() or (self._short and self._all_expected(after)):
            return
        stored = path.read_bytes()
        first, last = _span(stored, {path.partition("/")[0] for path in after})
        lines = stored[first:last].decode("utf-8", "surrogateescape").splitlines(keepends=True)
        if all(_stays_true(line, after) for line in lines):
            return
        true = "".join(line for line in lines if _stays_true(line, after))
        short = stored[:first] + true.encode("utf-8", "surrogateescape") + stored[last:]
        write_through(self._through, path, self._without_expected(short))
        self._short = True

    def _without_expected(self, sums: bytes) -> bytes:
        """The sums without what they say of other articles that may be published, if any."""
        if len(self._expected) < 2:
            return sums
        lines = sums.decode("utf-8", "surrogateescape").splitlines(keepends=True)
        kept = (line for line in lines if not self._all_expected([_summed(line)[1]]))
        return "".join(kept).encode("utf-8", "surrogateescape")

    def _all_expected(self, paths: Iterable[str]) -> bool:
        """Whether these are files of articles that may be published."""
        return all(path.partition("/")[0] in self._expected for path in paths)


def _within(job: Job, file: FileRecord) -> str:
    """A file's path in the folder of its edition."""
    return file.path.removeprefix(f"{job.slug}/") if job.slug else file.path


def _arriving(
    project: Project, job: Job, record: EditionRecord, before: Manifest
) -> Iterator[FileRecord]:
    """The files to be moved in: all but those that a part of the site left where they are."""
    there = before.site.get(job.edition) if not job.slug else None
    left = there.files if there else ()
    for file in record.files:
        if file not in left or (staging(project, job) / file.path).exists():
            yield file


def _standing(before: Manifest, made: Mapping[Job, EditionRecord]) -> set[str]:
    """The paths that stand already where these editions come."""
    slugs = {job.slug for job in made}
    shelves = [before.publications.get(slug, {}) if slug else before.site for slug in slugs]
    return {file.path for each in shelves for record in each.values() for file in record.files}


def _span(sums: bytes, names: Iterable[str]) -> tuple[int, int]:
    """From which byte to which there may be lines about what is called so at the root of dist/.

    The sums are sorted, so that what concerns one article of thousands is a few lines.
    """
    marks = [f"  {name}".encode("utf-8", "surrogateescape") for name in names]
    firsts = [at for mark in marks if (at := sums.find(mark)) >= 0]
    if not firsts:
        return 0, 0
    last = sums.find(b"\n", max(sums.rfind(mark) for mark in marks))
    return sums.rfind(b"\n", 0, min(firsts)) + 1, last + 1 if last >= 0 else len(sums)


def _stays_true(line: str, after: Mapping[str, str]) -> bool:
    """Whether a line of the sums will be true of files that have these sums."""
    sha256, path = _summed(line)
    return after.get(path, sha256) == sha256


def _summed(line: str) -> tuple[str, str]:
    """The hash and the path in a line of the sums."""
    sha256, _, path = line.rstrip("\n").partition("  ")
    return sha256, path


def _gone(before: Manifest, after: Manifest) -> set[str]:
    """The paths that `after` names no more; only publications that differ are looked through."""
    differ = {
        slug: editions
        for slug, editions in before.publications.items()
        if after.publications.get(slug) is not editions
    }
    site = before.site if after.site is not before.site else {}
    left = Manifest({}, differ, site).paths
    slugs = {*differ, *(path.partition("/")[0] for path in left)}
    kept = {slug: after.publications.get(slug, {}) for slug in slugs}
    return left - Manifest({}, kept, after.site).paths
