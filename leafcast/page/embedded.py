"""The player to put into somebody's own website, and what to paste there."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from markupsafe import Markup

from leafcast.document.article import Article
from leafcast.document.publication import Publication
from leafcast.locale.language import language_of
from leafcast.markup.html import render, script_words
from leafcast.page.downloads import clock
from leafcast.page.policy import policy
from leafcast.state.cache import write_beside

PLAYER: Final = "player.html"
PASTE: Final = "embed.txt"
WIDTH_PX, HEIGHT_PX = 400, 180
HOW: Final = """\
{title}: a player for your website

Copy this one line, and paste it where the player is to stand:

{frame}

WordPress: add a block, choose “Custom HTML”, and paste the line.
Squarespace: add a “Code” block, set it to HTML, and paste the line.
Wix: Add Elements, Embed Code, “Embed HTML”, choose Code, and paste the line.
Any other page: paste the line into its HTML.

The player is 400 pixels wide and 180 high. Change width and height as you like: it is made for 280
to 700 wide, and fits itself in. It plays what lies at {address},
so upload the folder first. It asks nothing of anyone else, and keeps nothing.
"""


def write_player(
    publication: Publication, folder: Path, style: str, script: str, named: tuple[str, str]
) -> tuple[Path, ...]:
    """player.html, and embed.txt where the practice has a place on the web.

    `named` are the addresses of the picture beside the title and of the one on a lock screen.
    """
    article, practice = publication.article, publication.project.practice
    icon, artwork = named
    language = language_of(article.language)
    html = render(
        publication.project,
        "page/player.html.j2",
        language,
        article.language,
        article=article,
        practice=practice,
        narration=publication.narration,
        policy=Markup(policy(script, style)),
        style=Markup(style),
        script=Markup(script),
        script_words=script_words(script, language),
        sound=f"{article.slug}.mp3",
        icon=icon,
        artwork=artwork,
        clock=clock,
        address=practice.address(article.slug),
    )
    write_beside(folder / PLAYER, html.encode())
    if not practice.published:
        return (folder / PLAYER,)
    write_beside(folder / PASTE, embed_words(article, practice.address(article.slug)).encode())
    return (folder / PLAYER, folder / PASTE)


def embed_words(article: Article, address: str) -> str:
    """What to paste into a website, and where."""
    frame = frame_of(article, address)
    return HOW.format(title=article.title, frame=frame, address=address)


def frame_of(article: Article, address: str) -> str:
    """The line of HTML that shows the player of the article at `address`."""
    named = language_of(article.language).gettext("Listen: {title}").format(title=article.title)
    return (
        f'<iframe src="{escape(address)}/{PLAYER}" title="{escape(named)}" '
        f'width="{WIDTH_PX}" height="{HEIGHT_PX}" loading="lazy" '
        'style="border: 1px solid #c9c3b8; border-radius: 12px; max-width: 100%"></iframe>'
    )
