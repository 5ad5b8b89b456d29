"""dist/: moving finished files in, taking stale ones out, one build at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from leafcast.build.editions import EDITIONS, SITE, Edition, turned_off
from leafcast.build.journal import left_behind, strike_out, write_down
from leafcast.build.plan import Job
from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.errors import BusyError, LeafcastError
from leafcast.document.publication import Offer, Publication
from leafcast.page.media import record_file
from leafcast.practice.project import Project
from leafcast.state.cache import write_beside
from leafcast.state.hashes import know
from leafcast.state.manifest import write_manifest

SITE_FOLDER: Final = "@site"
"""No slug begins so."""


def staging(project: Project, job: Job) -> Path:
    """Where a job's files are made before they are published."""
    return project.work / "staging" / (job.slug or SITE_FOLDER) / job.edition


def publish(
    project: Project, article: Article, made: Mapping[Job, EditionRecord], manifest: Manifest
) -> Manifest:
    """Move staged files into dist/, remove what they replace, write the manifest last.

    Raises LeafcastError when dist/ cannot be written.
    """
    records = {
        **manifest.publications.get(article.slug, {}),
        **{job.edition: record for job, record in made.items()},
    }
    dropped = turned_off(project.practice) - {job.edition for job in made}
    kept = {name: records[name] for name in EDITIONS if name in records and name not in dropped}
    after = manifest.with_publication(article.slug, article.title, kept)
    _move_in(project, made, (manifest, after))
    return after


def offers(
    publication: Publication,
    edition: Edition,
    made: Mapping[Job, EditionRecord],
    manifest: Manifest,
) -> tuple[Offer, ...]:
    """The files of other editions that one heeds: those `made` as staged, others as in dist/."""
    project, slug = publication.project, publication.article.slug
    staged = {job.edition: (staging(project, job), record) for job, record in made.items()}
    published = manifest.publications.get(slug, {})
    there = {name: (project.dist / slug, record) for name, record in published.items()}
    for name in turned_off(project.practice):
        there.pop(name, None)
    there |= staged
    return tuple(
        Offer(name, file, folder / file.path.partition("/")[2])
        for name, (folder, record) in ((each, there[each]) for each in EDITIONS if each in there)
        for file in record.files
        if edition.heeds(name, file.path)
    )


def publish_site(
    project: Project, made: Mapping[Job, EditionRecord], manifest: Manifest
) -> Manifest:
    """Move what is made for all publications into dist/, as `publish` does.

    Where there is no publication, nothing is left that tells of them.
    """
    new = {job.edition: record for job, record in made.items()}
    records = {**manifest.site, **new} if manifest.publications else {}
    after = replace(manifest, site={name: records[name] for name in SITE if name in records})
    if made or after != manifest:  # a damaged file is made again just as it was
        _move_in(project, made, (manifest, after))
    return after


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


def _move_in(
    project: Project, made: Mapping[Job, EditionRecord], manifests: tuple[Manifest, Manifest]
) -> None:
    """Move staged files in, take out what they replace, write the manifest last."""
    before, after = manifests
    gone = _gone(before, after)
    moved = {
        file: staging(project, job) / _within(job, file)
        for job, record in made.items()
        for file in _arriving(project, job, record, before)
    }
    with _writable_dist():
        _withhold_sums(project.dist, before, [*moved], gone)
        write_down(project, {file.path for file in moved} - _standing(before, made))
        for file, path in moved.items():
            _move(path, project.dist / file.path)
        for file in (file for record in made.values() for file in record.files):
            know(project.dist / file.path, file.sha256)
        _remove_files(project.dist, gone)
        write_manifest(project.dist, after)
        strike_out(project)


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


def _withhold_sums(
    dist: Path, manifest: Manifest, moved: Iterable[FileRecord], gone: Collection[str]
) -> None:
    """Take out of the sums what is about to be false, until they are made anew."""
    record = manifest.site.get("sums")
    path = dist / record.files[0].path if record and record.files else None
    if path is None or not path.is_file():
        return
    lines = path.read_text("utf-8", "surrogateescape").splitlines(keepends=True)
    after = {file.path: file.sha256 for file in moved} | dict.fromkeys(gone, "")
    true = [line for line in lines if _stays_true(line, after)]
    if true != lines:
        write_beside(path, "".join(true).encode("utf-8", "surrogateescape"))


def _stays_true(line: str, after: Mapping[str, str]) -> bool:
    """Whether a line of the sums will be true of files that have these sums."""
    sha256, _, path = line.rstrip("\n").partition("  ")
    return after.get(path, sha256) == sha256


def take_out_left_behind(project: Project, manifest: Manifest) -> None:
    """Remove what a killed build moved in before it could say so. Raises LeafcastError."""
    if paths := left_behind(project, manifest):
        with _writable_dist():
            _remove_files(project.dist, paths)
    with _writable_dist():
        strike_out(project)


def drop_deleted(
    dist: Path, manifest: Manifest, slugs: Collection[str]
) -> tuple[Manifest, tuple[str, ...]]:
    """Remove publications whose source is gone: whose slug is not in `slugs`."""
    after = manifest
    for slug in manifest.publications:
        if slug not in slugs:
            after = after.without(slug)
    gone = _gone(manifest, after)
    if after != manifest:
        with _writable_dist():
            _withhold_sums(dist, manifest, (), gone)
            _remove_files(dist, gone)
            write_manifest(dist, after)
    return after, tuple(sorted(gone))


def _gone(before: Manifest, after: Manifest) -> set[str]:
    """The paths that `after` names no more; only publications that differ are looked through."""
    differ = {
        slug: editions
        for slug, editions in before.publications.items()
        if after.publications.get(slug) is not editions
    }
    site = before.site if after.site is not before.site else {}
    kept = {slug: after.publications.get(slug, {}) for slug in differ}
    gone = Manifest({}, differ, site).paths - Manifest({}, kept, after.site).paths
    return gone - after.paths if gone else gone


def _move(path: Path, target: Path) -> None:
    """Put a staged file in its place at once, also from another file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        target.rmdir()  # if somebody's files are in it, that is said
    try:
        os.replace(path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_beside(target, path.read_bytes())


def _remove_files(dist: Path, paths: set[str]) -> None:
    """Remove files that are ours, and the folders that are empty without them."""
    for path in sorted(paths):
        target = dist / path
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == dist or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


@contextmanager
def _writable_dist() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename
        raise LeafcastError(
            f"dist/ cannot be written: {error.strerror}",
            "Make room on the disk, or allow writing there, and build again; nothing is lost",
            str(Path(os.fsdecode(where)).parent) if where else "",
        ) from error


@contextmanager
def only_build(project: Project) -> Iterator[None]:
    """Hold the project's lock. Raises BusyError when another build has it."""
    from filelock import FileLock, Timeout

    try:
        project.work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(project.work / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(
            "Another build is at work in this folder", "Wait until it has finished"
        ) from None
    except OSError as error:
        raise LeafcastError(
            f"{project.work} cannot be written: {error.strerror}",
            "Allow writing in the project's folder, or copy it where you may write",
        ) from error
    try:
        yield
    finally:
        lock.release()
