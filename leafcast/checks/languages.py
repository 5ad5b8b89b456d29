"""The languages that can be read aloud here: those whose announcements and numbers are known."""

from __future__ import annotations

from leafcast.document.article import Article
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.language import is_known


def is_spoken(article: Article, voice: str = "") -> bool:
    """Whether the article is read aloud: in a language that is known here, or by a voice that its
    owner named for it.
    """
    return is_known(article.language) or bool(voice or article.narrator)


def not_spoken(article: Article, voice: str = "") -> tuple[Finding, ...]:
    """What to say of an article in another language than can be spoken."""
    if is_known(article.language):
        return ()
    language = article.language
    if is_spoken(article, voice):
        words = f"Numbers, dates and announcements are read in English, though this is “{language}”"
        fix = "Listen before you publish; say: marks give a listener other words"
    else:
        words = (
            f"Nobody here can read “{language}” aloud, so no sound, EPUB or DAISY book is made; "
            "leaflets and page are, and our own words in them are marked as English"
        )
        fix = (
            "If a voice on this machine speaks it, name it in the front matter: voice: its-name; "
            "the command voices lists them"
        )
    place = Place(article.source)
    return (Finding("language-not-spoken", Severity.WARNING, words, fix, place),)
