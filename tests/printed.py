"""Every PDF there can be of an article, written once for all processes of a test run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from leafcast.document.publication import Publication
from leafcast.editions.table import EDITIONS as EDITION_TABLE
from leafcast.practice.project import Leaflet
from tests.conftest import of_all_workers

EDITIONS = tuple(each for each in EDITION_TABLE.values() if not (each.needs_sound or each.needs))


def with_leaflet(publication: Publication, leaflet: Leaflet) -> Publication:
    """The article in the same practice with other leaflets."""
    practice = replace(publication.project.practice, leaflet=leaflet)
    return replace(publication, project=replace(publication.project, practice=practice))


def wanting_all(publication: Publication, standard: str = "ua-1") -> Publication:
    """The article in a practice that wants every file there is, in that standard."""
    every = Leaflet(pdf_standard=standard, print_shop=True, high_contrast=True)
    return with_leaflet(publication, every)


def printed_once(publication: Publication, factory: pytest.TempPathFactory) -> Path:
    """The folder of all its editions, which tests may only read.

    An article's name stands for it: it is asked for by what `publications` in tests/test_leaflet.py
    gives, wanting all.
    """
    slug, standard = publication.article.slug, publication.project.practice.leaflet.pdf_standard
    folder = of_all_workers(factory) / f"printed-{slug}-{standard}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            beside = factory.mktemp(slug)
            for edition in EDITIONS:
                edition.write(publication, beside)
            beside.rename(folder)
    return folder
