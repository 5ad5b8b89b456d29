"""All that the print pool needs, imported: a process that starts from here lays out at once.

Importing this takes half a second. Where Pango is missing that is told when something is laid out.
"""

from __future__ import annotations

import gc
from contextlib import suppress

with suppress(OSError):
    from leafcast.print.startup import libraries_by_soname

    with libraries_by_soname():
        import weasyprint  # noqa: F401
    import fontTools.agl  # noqa: F401
    import zxingcpp  # noqa: F401

    import leafcast.checks.pdf.oracle
    import leafcast.checks.prints.wanted
    import leafcast.print.editions
    import leafcast.print.pictures
    import leafcast.print.tagging.press  # noqa: F401

gc.freeze()
