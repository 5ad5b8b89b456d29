"""Show notes: what a podcast app shows beside an episode, in plain text."""

from __future__ import annotations

from typing import Final

from leafcast.document.article import Article
from leafcast.locale.language import language_of
from leafcast.practice.project import Practice

MOST_DESCRIPTION_BYTES: Final = 4000
"""What a description may have (PSP-1)."""


def show_notes(practice: Practice, article: Article) -> str:
    """What an app shows beside an episode: what it is of, where to read it, whom to turn to.

    Where it has no room for all, the summary is cut.
    """
    contact, language = practice.contact, language_of(article.language)
    reach = [contact.invitation, contact.phone, contact.email]
    crisis = [f"{line.name}: {line.how}" for line in practice.crisis]
    parts = [
        language.gettext("To read it, print it or follow it as it is read: {address}").format(
            address=f"{practice.address(article.slug)}/"
        ),
        "\n".join(filter(None, reach)),
        "\n".join([language.gettext("In a crisis:"), *crisis]) if crisis else "",
    ]
    rest = "\n\n".join(filter(None, parts))
    room = MOST_DESCRIPTION_BYTES - len(rest.encode()) - 2
    return f"{short(article.summary or article.title, room)}\n\n{rest}"


def short(words: str, most: int = MOST_DESCRIPTION_BYTES) -> str:
    """`words` within as many bytes as a description may have, cut after a word.

    Apps take a description for HTML (RSS 2.0, `description`): a bare “<” would hide what follows.
    """
    words = words.replace("<", "&lt;")
    encoded = words.encode()
    if len(encoded) <= most:
        return words
    kept = encoded[: max(0, most - 3)].decode("utf-8", "ignore")
    return f"{kept.rpartition(' ')[0]}…"
