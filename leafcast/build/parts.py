"""The table of what is made for all publications together; a row names its writer."""

from __future__ import annotations

from leafcast.site.parts import SitePart

SITE: dict[str, SitePart] = {
    "podcast": SitePart(
        "leafcast.site.podcast:write_podcast",
        editions=("episode", "sections"),
    ),
    "library": SitePart(
        "leafcast.site.library:write_library",
        parts=("podcast",),
    ),
    "hosting": SitePart("leafcast.site.hosting:write_hosting", parts=("library",)),
    "sitemap": SitePart("leafcast.site.sums:write_sitemap", editions=("page",)),
    "sums": SitePart(
        "leafcast.site.sums:write_sums",
        parts=("podcast", "library", "hosting", "sitemap"),
        files=True,
    ),
}
