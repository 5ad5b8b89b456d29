"""Pages as a practice's website has them."""

from __future__ import annotations

from html import escape

from leafcast.document.article import Article, Block, ListBlock, Paragraph

OWN = {
    "author": "Jo Example",
    "published": "2026-03-01",
    "review": "2028-03-01",
}


def meta(**facts: str) -> str:
    """What a page says of itself."""
    return "".join(
        f"<meta name='{name}' content='{escape(words)}'>" for name, words in facts.items()
    )


def page(
    body: str,
    *,
    head: str = "",
    own: bool = True,
    heading: str = "A Quiet Hour",
    lang: str = "en-GB",
    charset: str = "utf-8",
    wrap: bool = True,
) -> str:
    """A page with an article; `own` says who wrote it and when, `wrap` marks it as the article."""
    title = f"<h1>{heading}</h1>" if heading else ""
    inner = f"<article>{title}{body}</article>" if wrap else f"{title}{body}"
    facts = meta(**OWN) if own else ""
    return (
        f"<!DOCTYPE html>\n<html lang='{lang}'>\n<head><meta charset='{charset}'>{facts}{head}</head>\n"
        f"<body>\n{inner}\n</body></html>\n"
    )


def around(main: str) -> str:
    """A page with a site around its article."""
    return page(
        "<header><a href='/'>Jo Example</a><nav><a href='/'>Home</a></nav></header>"
        "<div id='cookie-consent'><p>We use cookies.</p><button>Yes</button></div>"
        f"{main}<aside><p>Something else.</p></aside><footer><p>© Jo Example</p></footer>",
        wrap=False,
    )


def real_page(article: Article, *, fake: bool = False) -> str:
    """The article as the site shows it; `fake` with bold lines and typed bullets."""
    assert article.byline
    lines = blocks(article.introduction, fake=fake)
    for section in article.sections:
        heading = escape(section.heading.text)
        lines.append(f"<p><b>{heading}</b></p>" if fake else f"<h2>{heading}</h2>")
        lines += blocks(section.blocks, fake=fake)
    lines += [
        f"<p><strong>{escape(words(article.byline))}</strong></p>",
        *blocks(article.call_to_action, fake=fake),
    ]
    return REAL.format(
        title=escape(article.title),
        facts=meta(
            author=article.author,
            subtitle=article.subtitle,
            description=article.summary,
            review=str(article.review),
        ),
        published=f"{article.published}T09:00:00+00:00",
        body="\n".join(lines),
    )


def blocks(found: tuple[Block, ...], *, fake: bool) -> list[str]:
    lines = []
    for block in found:
        if not isinstance(block, ListBlock):
            lines.append(f"<p>{escape(words(block))}</p>")
        elif fake:
            lines.append(
                "<p>"
                + "<br>\n".join(f"• {escape(words(entry.blocks[0]))}" for entry in block.entries)
                + "</p>"
            )
        else:
            points = "\n".join(
                f"<li>{escape(words(entry.blocks[0]))}</li>" for entry in block.entries
            )
            lines.append(f"<ul>\n{points}\n</ul>")
    return lines


def words(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return " ".join(sentence.text for sentence in block.sentences)


REAL = """\
<!DOCTYPE html>
<html lang="en-GB" class="no-js">
<head>
<meta charset="utf-8">
<title>{title} | Sarah James Therapy</title>
{facts}
<meta property="og:site_name" content="Sarah James Therapy">
<meta property="article:published_time" content="{published}">
<style>body {{ margin: 0 }}</style>
<script>window.dataLayer = [];</script>
</head>
<body class="post-template has-sidebar" onload="start()">
<a class="skip-link" href="#main">Skip to the text</a>
<header class="site-header"><a href="/">Sarah James Therapy</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About me</a></li><li><a href="/blog">Blog</a></li></ul></nav></header>
<div class="cookie-banner" role="dialog"><p>We use cookies to make this website better for you.</p><button>Accept</button></div>
<main>
<article>
<header class="entry-header"><h1>{title}</h1><p class="entry-meta">By Sarah James on 24 November 2026</p></header>
{body}
<div class="social-share"><a href="https://example.org/1">Tell a friend</a> <a href="https://example.org/2">Send it</a></div>
</article>
<iframe src="https://example.org/map"></iframe>
</main>
<aside class="sidebar"><h2>More to read</h2><p>Another article about something else entirely.</p></aside>
<footer><p>© Sarah James 2026. All rights reserved.</p></footer>
<script src="/app.js"></script>
</body>
</html>
"""
