"""Books that read themselves aloud: EPUB 3.3 with media overlays, and DAISY 2.02.

    Article, Narration ─chapters→ Chapters with clips ─epub, daisy→ one zip each

`chapters` says which words stand in which chapter, and `clips` when each is heard; the formats add
nothing to that but their own words for it.
"""
