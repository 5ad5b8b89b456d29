"""The studio: the owner's own program in her browser, over the same files as the command line.

    browser ─access→ routes ─→ screens ─→ articles, incoming, writing, making … ─→ source/, audio/
                                  └─ templates/studio/*.j2, studio.css, *.js

Nothing here holds what she wrote: every page is made from the files, and every change is written to
them at once. So command line and studio may be mixed, and the studio may end at any moment.
"""
