"""The preview in a real browser: what is saved is seen, and the page's policy lets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.build.pipeline import Request, build
from leafcast.document.report import Report
from leafcast.execution.request import Silent
from leafcast.practice.project import load_project
from leafcast.studio.live import Live
from leafcast.studio.serving import serving
from tests.browser.test_page_in_a_browser import CHROMIUM, OPTIONS, api

pytestmark = pytest.mark.integration


def test_what_is_saved_is_seen_at_once(practice: Path) -> None:
    build(load_project(practice), Request(editions=("page",), jobs=1), Silent(), Report())
    live = Live(practice, lambda words, findings: None)
    article = practice / "source/quiet-hour.md"
    faults: list[str] = []
    with serving(practice / "dist", instead=live.instead) as served, api.sync_playwright() as it:
        chromium = it.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = chromium.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(f"{served.address}/quiet-hour/")
        words = article.read_text("utf-8").replace("You go home.", "You walk home.")
        article.write_text(words, encoding="utf-8")
        live.show({"source/quiet-hour.md"})
        page.get_by_text("You walk home.").wait_for(timeout=5000)
        chromium.close()
    assert faults == []
