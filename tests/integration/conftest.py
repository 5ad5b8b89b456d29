"""What the validators need that this machine may lack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.npm import MissingToolsError, installed


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The validators that npm brings."""
    try:
        return installed()
    except MissingToolsError as error:
        pytest.skip(f"npm could not bring the validators: {error}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's Chromium, for validators that look at what is shown."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    path = next(found, None)
    return path or pytest.skip("There is no Chromium on this machine")
