from weasyprint.formatting_structure.boxes import Box

class AbsolutePlaceholder(Box):
    """It stands for a box that is positioned, whose every attribute it has."""

    _box: Box
