"""The documentation as a site: `python -m sphinx -W docs site`."""

import re
from pathlib import Path

project = "leafcast"
author = "The leafcast founders"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "leafcast"
html_copy_source = False
html_show_sourcelink = False
myst_heading_anchors = 3
# A page in the repository may point beside docs/; in the site those are links to the repository.
suppress_warnings = ["myst.xref_missing"]


MENDS = (
    # Code that is wider than its box is scrolled by keyboard too (WCAG 2.2, 2.1.1).
    (r"<pre>", '<pre tabindex="0">'),
    # Of several regions each has a name (WAI-ARIA 1.2, 5.3.3).
    (r'<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Pages">'),
    (r'<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer'),
)


def _mend(app, failed):
    """What the theme leaves out for those who use keyboard or screen reader."""
    for page in [] if failed else Path(app.outdir).rglob("*.html"):
        html = page.read_text("utf-8")
        for before, after in MENDS:
            html = re.sub(before, after, html)
        if page.name == "search.html" and "<h1" not in html:
            html = html.replace(
                '<div id="search-results">', '<h1>Search</h1><div id="search-results">'
            )
        page.write_text(html, "utf-8")


def setup(app):
    """Called by Sphinx."""
    app.connect("build-finished", _mend)
