"""The seam to WeasyPrint: tags, reading order, spaces at line ends, conformance."""
