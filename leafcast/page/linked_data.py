"""What the page tells machines of itself: schema.org as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafcast.document.artifact import FileRecord
from leafcast.document.publication import Publication
from leafcast.page.cue_times import script_json


def linked_data(publication: Publication, cover: str) -> str:
    """The article, and the episode where it has one, as JSON-LD. `cover` is an address or ""."""
    graph = [_without_empty(each) for each in _graph(publication, cover)]
    return script_json({"@context": "https://schema.org", "@graph": graph})


def episode_of(publication: Publication) -> FileRecord | None:
    """The MP3 of the whole episode, where the page has sound."""
    if publication.narration is None:
        return None
    name = f"{publication.article.slug}/{publication.article.slug}.mp3"
    return next((o.file for o in publication.offers if o.file.path == name), None)


def _graph(publication: Publication, cover: str) -> Iterator[dict[str, Any]]:
    article, practice = publication.article, publication.project.practice
    address, episode = practice.address(article.slug), episode_of(publication)
    here = f"{address}/" if address else ""
    shared = {
        "inLanguage": article.language,
        "description": article.summary,
        "datePublished": article.published.isoformat(),
        "image": cover,
    }
    yield {
        "@type": "Article",
        "@id": f"{here}#article",
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "url": here,
        **shared,
        "author": {"@type": "Person", "name": article.author},
        "publisher": {
            "@type": "Organization",
            "name": practice.name,
            **({"url": practice.website} if practice.website else {}),
        },
        "isAccessibleForFree": True,
        "accessMode": ["textual", *(["auditory"] if episode else [])],
        "accessModeSufficient": ["textual", *(["auditory"] if episode else [])],
        "accessibilityFeature": [
            "structuralNavigation", "readingOrder", "displayTransformability",
            *(["synchronizedAudioText", "transcript"] if episode else []),
        ],
        "accessibilityHazard": "none",
        "audio": {"@id": f"{here}#audio"} if episode else "",
    }  # fmt: skip
    if episode and publication.narration:
        yield {
            "@type": "AudioObject",
            "@id": f"{here}#audio",
            "name": article.title,
            "contentUrl": f"{here}{article.slug}.mp3",
            "encodingFormat": episode.media_type,
            "contentSize": f"{episode.bytes} B",
            "duration": iso_duration(episode.seconds or publication.narration.seconds),
            "inLanguage": article.language,
            "transcript": here,
        }
        yield {
            "@type": "PodcastEpisode",
            "@id": f"{here}#episode",
            "name": article.title,
            "url": here,
            **shared,
            "associatedMedia": {"@id": f"{here}#audio"},
            "partOfSeries": {
                "@type": "PodcastSeries",
                "name": practice.name,
                **({"url": practice.website} if practice.website else {}),
            },
        }


def iso_duration(seconds: float) -> str:
    """A duration as ISO 8601 has it: PT6M34S."""
    minutes, rest = divmod(round(seconds), 60)
    return f"PT{minutes}M{rest}S" if minutes else f"PT{rest}S"


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}
