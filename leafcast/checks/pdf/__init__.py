"""A PDF held against an article: its tags, its text, its looks.

Validators ask whether a file keeps the rules of the standards; the article they do not know.
`oracle.pdf_faults` knows it, so it finds what they cannot: a paragraph that is missing from the
tags, a heading tagged as a paragraph, a link that is read out as another. What is wanted comes from
the model (`expected.py`) and, around the article, from the page's HTML (`furniture.py`); what is
found, from the file itself (`document.py`).

Nothing here knows of practices, editions or dist/: it could be a package of its own, with the model
(`document/`), and the few rules of letters and colours in `design/`.
"""
