"""dist/: moving finished files in, taking stale ones out, one build at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from leafcast.cache import write_beside
from leafcast.errors import BusyError, LeafcastError
from leafcast.fixity import know
from leafcast.manifest import EditionRecord, FileRecord, Manifest, record_file, write_manifest
from leafcast.model import Article
from leafcast.plan import Job
from leafcast.project import Project
from leafcast.publish import EDITIONS, Edition, turned_off
from leafcast.publish.model import Offer, Publication
from leafcast.publish.site import SITE

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
    with _writable_dist():
        for job, record in made.items():
            left = _left(project, job, manifests)
            for file in record.files:
                inside = file.path.removeprefix(f"{job.slug}/") if job.slug else file.path
                if file not in left:
                    _move(staging(project, job) / inside, project.dist / file.path)
                know(project.dist / file.path, file.sha256)
        _remove_files(project.dist, _gone(before, after))
        write_manifest(project.dist, after)


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
            _remove_files(dist, gone)
            write_manifest(dist, after)
    return after, tuple(sorted(gone))


def _paths(manifest: Manifest) -> set[str]:
    return {file.path for file in manifest.files}


def _gone(before: Manifest, after: Manifest) -> set[str]:
    """The paths that `after` names no more; only publications that differ are looked through."""
    differ = {
        slug: editions
        for slug, editions in before.publications.items()
        if after.publications.get(slug) is not editions
    }
    site = before.site if after.site is not before.site else {}
    kept = {slug: after.publications.get(slug, {}) for slug in differ}
    gone = _paths(Manifest({}, differ, site)) - _paths(Manifest({}, kept, after.site))
    return gone - _paths(after) if gone else gone


def _left(
    project: Project, job: Job, manifests: tuple[Manifest, Manifest]
) -> frozenset[FileRecord]:
    """The files of a part of the site that it left where they are: recorded before, not staged."""
    record = manifests[0].site.get(job.edition) if not job.slug else None
    files = record.files if record else ()
    return frozenset(file for file in files if not (staging(project, job) / file.path).exists())


def _move(path: Path, target: Path) -> None:
    """Put a staged file in its place at once, also from another file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
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
        raise LeafcastError(
            f"dist/ cannot be written: {error.strerror}",
            "Make room on the disk, or allow writing there, and build again; nothing is lost",
            str(error.filename or ""),
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
