"""From an Article to PDF editions: layout, fit, tags, conformance, imposition."""
