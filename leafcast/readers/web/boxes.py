"""What a page calls its boxes, and what their names say of them.

The names are those that WordPress and its themes, Squarespace, Wix, Ghost, Webflow, Blogger and
Drupal give, in English and in the languages their makers write in.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.web.tree import LINES, Element

MENU: Final = "around"
COMMENTS: Final = "comments"
OFFERS: Final = "offers"
ABOUT: Final = "about"
HIDDEN: Final = "hidden"
STRUCK: Final = "struck"
BESIDE: Final = "beside"

MENUS: Final = {"nav", "aside", "menu", "search"}
BANNERS: Final = {"header", "footer"}
CONTROLS: Final = {
    "input", "button", "select", "textarea", "datalist", "progress", "meter", "output", "label",
}  # fmt: skip
ROLES: Final = {
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
    "menu", "menubar", "toolbar", "alert", "status", "tooltip",
}  # fmt: skip

COMMENT_NAME: Final = re.compile(
    r"(?:(?:[\w-]*[_-])?(?:comments?|commentaires?|kommentare?|comentarios?|commenti|reacties)"
    r"(?:[_-]*(?:list|lists|area|section|thread|threads|box|wrap|wrapper|container|content|body"
    r"|block|form|respond|template|tree|holder|main|app|root|stream|inner|wp|page|\d+))*"
    r"|commentlist|commentform|commentarea|commentsblock|comment\d+|respond|replies|disqus\w*"
    r"|dsq-\w+|fb-comments|livefyre\w*|utterances|giscus|isso-thread|hyvor-talk\w*|wpdcom"
    r"|wpd-thread\w*|remark42|coral-\w+|gh-comments|sqs-comments\w*|blog-comments|reader-?comments"
    r"|user-?comments|(?:[\w-]*[_-])?discussion|webmentions?)",
    re.I,
)
"""A class or id of visitors' comments."""
NO_COMMENTS: Final = re.compile(r"(no|has|with|without|open|closed?|enabled?|count|link|links|icon|"
                                r"meta|number|num|counter)s?$", re.I)  # fmt: skip

OFFER_WORDS: Final = {
    "newsletter", "subscribe", "subscription", "signup", "optin", "mailchimp", "share", "sharing",
    "shares", "sharebar", "sharedaddy", "addtoany", "a2a", "shareaholic", "sharethis", "addthis",
    "social", "socials", "related", "relatedposts", "yarpp", "recommended", "recommendations",
    "promo", "promotion", "advert", "advertisement", "ads", "ad", "adsbygoogle", "sponsored",
    "outbrain", "taboola", "upsell", "paywall", "upnext", "readmore", "morelike", "trending",
    "popular", "similar", "donate", "crosssell", "webring", "rating", "ratings", "likes",
    "feedback", "affiliate", "jp-relatedposts", "blogroll",
}  # fmt: skip
"""Words in the names of what asks the reader to go on, to share, to subscribe or to buy."""
MENU_WORDS: Final = {
    "nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "sidebar",
    "pagination", "pager", "paging", "postnav", "toc", "skip", "skiplink", "cookie", "cookies",
    "consent", "gdpr", "popup", "modal", "overlay", "offcanvas", "masthead", "topbar", "toolbar",
    "footer", "colophon", "copyright", "imprint", "bottombar", "sitemap", "screenreader",
}  # fmt: skip
ABOUT_WORDS: Final = {
    "meta", "postmeta", "entrymeta", "byline", "dateline", "tags", "taglist", "tagcloud", "author",
    "authors", "authorbox", "bio", "biography", "date", "published", "timestamp", "categories",
    "category", "credit", "credits", "copyright", "readtime", "postinfo", "kicker",
    "topics", "keywords", "license", "updated", "sharedate",
}  # fmt: skip
"""Words in the names of what the page says of the article: who wrote it, when, under which head."""
CONSENT: Final = {"cookie", "cookies", "consent", "gdpr", "cookiebanner", "cookielaw"}
BODY_NAME: Final = re.compile(
    r"(?:[\w-]*[_-])?(?:entry|post|article|blog|page|rich|story|news|single|main|text|body)"
    r"[_-]*(?:item)?[_-]*(?:content|body|text|copy|inner)$|gh-content|w-richtext|article__body|"
    r"e-content|storycontent|mw-parser-output|sqs-html-content",
    re.I,
)
"""A class of the box that holds an article's text, and nothing else."""
RUNNING: Final = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th", "summary", "a"}
WIDGET: Final = re.compile(r"(footer-)?widget(-area|_\w+)?", re.I)
"""A class of what WordPress puts beside every article."""
POSTS: Final = {"post", "hentry", "type-post", "page", "type-page", "article", "single"}
"""Classes of an article, which may also say whether it has comments."""


def split_words(names: str) -> set[str]:
    """The words in classes and ids, in small letters; postMeta is post and meta."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)
    return set(re.split(r"[\W_]+", spaced.casefold())) - {""}


def is_comments(element: Element) -> bool:
    """Whether an element says of itself that it holds visitors' comments."""
    said = f"{element.get('itemprop')} {element.get('itemtype')}".casefold()
    if re.search(r"\bcomments?\b|/usercomments|/comment\b", said):
        return "commentcount" not in said
    if POSTS & set(element.get("class").casefold().split()):
        return False
    return any(
        COMMENT_NAME.fullmatch(name) and not NO_COMMENTS.search(name)
        for name in element.names.split()
    )


def _own_names(element: Element) -> str:
    """The classes of an element, and its id where that is not made of the words of a heading."""
    name = element.get("id")
    return element.get("class") if len(re.split(r"[\W_]+", name)) > 3 else element.names


def is_running(element: Element) -> bool:
    """Whether an element is a part of running text, where names tell how it looks."""
    parent = element.parent
    if element.tag in LINES or parent is None:
        return False
    if parent.tag in RUNNING:
        return True
    return any(isinstance(each, str) and each.strip() for each in parent.children)


def kind_by_name(element: Element) -> str:
    """Which kind of box around an article an element says it is; "" where it says none."""
    names = _own_names(element)
    if not names or is_running(element):
        return ""
    if is_comments(element):
        return COMMENTS
    if "elementor" not in names and any(map(WIDGET.fullmatch, names.split())):
        return MENU
    words = split_words(names)
    for kind, known in ((MENU, MENU_WORDS), (OFFERS, OFFER_WORDS), (ABOUT, ABOUT_WORDS)):
        if words & known:
            return kind
    return ""


def is_body(element: Element) -> bool:
    """Whether an element says that it holds the text of an article."""
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articlebody" in element.get("itemprop").casefold()
        or any(BODY_NAME.fullmatch(name) for name in element.get("class").split())
    )
