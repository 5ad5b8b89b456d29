"""Words by which a page leads its readers on: to other articles, to share, subscribe or comment.

They are those that site programs write themselves, in the languages these are most used in. Each
phrase is a regular expression for the whole of a heading or line, blanks and signs around it aside.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.web.tree import Element, words_in


def _phrases(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(phrases)})\W*", re.I)


COMMENTS_HEADING: Final = _phrases(
    r"(?:\d+|one|no|add|view|show|all|latest|recent|reader|your)?\s*comments?(?:\s+(?:on|to)\b.*)?",
    r"comments?\s*(?:section|\(?\d+\)?)?",
    r"\d+\s+(?:responses?|replies|thoughts?)(?:\s+(?:on|to)\b.*)?",
    r"(?:responses?|replies)\s*\(?\d+\)?",
    r"one (?:response|reply|thought)(?:\s+(?:on|to)\b.*)?",
    r"(?:leave|cancel|post|write|add|submit) (?:a |your )?(?:reply|comment)\b.*",
    r"join (?:in )?the (?:conversation|discussion)",
    r"discussion\s*\(?\d+\)?",
    r"what do you think",
    r"\d*\s*kommentare?(?: \(?\d+\)?)?(?: zu\b.*)?",
    r"kommentar (?:schreiben|verfassen|hinterlassen)|schreibe? einen kommentar\b.*",
    r"\d*\s*commentaires?(?: sur\b.*)?|laisser un commentaire\b.*",
    r"\d*\s*comentarios?|deja (?:un comentario|una respuesta)\b.*",
    r"\d*\s*commenti|lascia un commento\b.*",
    r"\d*\s*reacties?|geef een reactie\b.*",
)
"""A heading above what visitors wrote."""
OFFERS_HEADING: Final = _phrases(
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested).*",
    r"(?:related|similar|recommended|popular|trending|latest|recent|other|featured|more|next"
    r"|previous|our latest|my latest) (?:blog )?(?:posts?|articles?|stories|news|reads|blogs?)",
    r"(?:related|recommended for you|up next|read next|keep reading|post navigation)",
    r"share (?:this|it|on|via)\b.*|like this|tweet this|follow (?:us|me)(?: on\b.*)?",
    r"(?:subscribe|sign up)(?: (?:to|for|now|today)\b.*)?",
    r"(?:join (?:my|our)|our|my|get (?:the|my|our)) (?:newsletter|mailing list).*",
    r"(?:das )?könnte (?:sie|dich) auch interessieren.*|das könnte (?:sie|dich|ihnen|dir)\b.*",
    r"(?:weitere|ähnliche|verwandte|aktuellste|neueste|kommentierte) (?:artikel|beiträge|themen"
    r"|news|meldungen|nachrichten)\b.*|mehr (?:zum thema|themen|artikel)\b.*|lesen sie auch.*",
    r"diesen (?:artikel|beitrag) teilen",
    r"(?:le|te|les) puede interesar.*|(?:artículos|noticias) relacionad[ao]s|lea también.*",
    r"(?:à )?lire aussi.*|articles? (?:similaires|liés|associés)|sur le même sujet",
    r"leggi anche.*|articoli correlati|lees ook.*",
)
"""A heading above links to other pages, or above what the page wants of its readers."""
DOUBTFUL_HEADING: Final = _phrases(
    r"more (?:from|like|in|on|about)\b.*|more to read|see also|further (?:articles|posts)|share",
    r"recommended|newsletter|stay in touch|categories|tags|archives?|tagged(?: with)?|search|links",
    r"auch interessant|teilen|mehr (?:von|aus)\b.*",
)
"""A heading that stands above such things only where there is little but links below it."""
ABOUT_HEADING: Final = _phrases(
    r"about the (?:authors?|writer)", r"written by", r"(?:über (?:den autor|die autorin))",
    r"à propos de l.auteure?|sobre el autor|sobre la autora",
)  # fmt: skip
OFFER: Final = _phrases(
    r"read (?:the )?(?:full |whole |entire |this |next )?(?:article|post|story|blog|rest)\b.{0,60}",
    r"read (?:more|on|also|next)\b.{0,60}|continue reading.*|(?:story )?continues? below.*",
    r"(?:learn|find out|discover|see|view|show|load|know) more(?: (?:about|on|at|here)\b.{0,60})?",
    r"(?:(?:go|return) )?back to .{2,30}|back|(?:view|see|browse|show) (?:all|other|more)\b.{0,40}",
    r"(?:previous|next|older|newer)(?: (?:post|article|page|story|entry|entries|posts))?",
    r"share(?: (?:this|on|via|it|with)\b.{0,40})?|tweet|pin it|email this.*",
    r"(?:print|print this)(?: (?:page|article))?|download(?: now)?|permalink|advertisement",
    r"(?:subscribe|sign up)(?: (?:now|to|here|for)\b.{0,60})?",
    r"contact (?:me|us)(?: (?:today|now|here))?|get in touch(?: (?:today|now|with (?:me|us)))?",
    r"book (?:now|online|here)|book (?:a|your|an) (?:free )?(?:\d+[- ]min\w* )?(?:initial )?(?:call"
    r"|chat|session|consultation|appointment)(?: now| today| here| with me)?",
    r"skip to .{2,30}|jump to .{2,30}|top|(?:scroll )?to top|menu|close|reply|\d* ?comments?",
    r"leave a (?:comment|reply)|no comments",
    r"zurück(?: (?:zur?|zum)\b.{0,40})?|weiterlesen|mehr (?:lesen|erfahren|dazu).{0,40}|drucken",
    r"teilen|nach oben|weiter|leer más|ver más|volver.{0,30}|lire la suite|retour.{0,30}",
    r"en savoir plus|leggi tutto",
)
"""What a link or button says that stands alone on its line and leads away from the article."""
READ_ALSO: Final = re.compile(
    r"\W*(?:read(?: also| more| next)?|see also|also (?:read|see)|related|lea(?: también| más)?"
    r"|(?:le|te) puede interesar|(?:à )?lire (?:aussi|également)|lesen sie auch|mehr zum thema"
    r"|leggi anche|lees ook|zobacz też|czytaj (?:też|także|więcej))\s*:",
    re.I,
)
"""How a line begins that leads to one other article."""
ASKED: Final = re.compile(
    r"\W*(?:follow (?:us|me) on\b|subscribe (?:now )?(?:to|for)\b|sign up (?:now )?(?:to|for) (?:my"
    r"|our|the|this)\b|like us on|join our (?:newsletter|mailing|telegram|whatsapp)"
    r"|follow the \w+ on|(?:did you (?:like|enjoy)|was) th(?:is|e) (?:article|post|page)\b"
    r"|enjoyed th(?:is|e) (?:article|post)|share th(?:is|e) (?:article|post|page)"
    r"|if you (?:liked|enjoyed) this"
    r"|war (?:der|dieser) (?:artikel|beitrag)\b|fanden sie diesen|wie bewerten sie"
    r"|möchten sie den artikel|folgen sie uns|diesen (?:artikel|beitrag) (?:teilen|weiter))",
    re.I,
)
"""How a line begins that asks a reader for something, or for her opinion."""
LONGEST: Final = 40
"""Words of such a line."""
MOSTLY: Final = 0.6


def is_offer(element: Element, words: str) -> bool:
    """Whether a line leads away from the article or asks for something."""
    if not words or len(words.split()) > LONGEST:
        return False
    links = list(element.iter("a", "button"))
    linked = sum(len(words_in(each)) for each in links)
    if links and linked >= MOSTLY * len(words) and OFFER.fullmatch(words):
        return True
    return bool((links and READ_ALSO.match(words)) or ASKED.match(words))
