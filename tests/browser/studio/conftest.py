"""A studio that runs, and a Chromium at its first page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leafcast.studio.server import Running, running
from tests.browser.studio.screens import MICROPHONE
from tests.browser.test_page_in_a_browser import (
    CHROMIUM,
    OPTIONS,
    WIDE,
    api,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as it:
        chromium = it.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, *MICROPHONE])
        yield chromium
        chromium.close()


@pytest.fixture
def studio(practice: Path) -> Iterator[Running]:
    with running(practice) as it:
        yield it


@pytest.fixture
def page(studio: Running, browser: Any) -> Iterator[Any]:
    """The first page of the studio; whatever a browser complains of fails the test."""
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    )
    page.goto(studio.door)
    page.get_by_role("heading", name="My articles").wait_for()
    page.locator("main:not([data-reading])").wait_for()
    page.wait_for_load_state("load")  # its script has run
    yield page
    context.close()
    assert faults == []
