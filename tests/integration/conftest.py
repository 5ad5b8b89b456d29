"""What the validators need that this machine may lack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import of_all_workers
from tests.integration.npm import MissingToolsError, installed


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The validators that npm brings."""
    try:
        return installed()
    except MissingToolsError as error:
        pytest.skip(f"npm could not bring the validators: {error}")


def said_by_all(factory: pytest.TempPathFactory) -> Path:
    """A cache in which the default voice's sentences of the first article are kept, once said."""
    return of_all_workers(factory) / "said"


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of a user, in which the quicker forms of the voice are made."""
    return of_all_workers(tmp_path_factory) / "forms"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's Chromium, for validators that look at what is shown."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    path = next(found, None)
    return path or pytest.skip("There is no Chromium on this machine")
