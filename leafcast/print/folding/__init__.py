"""Copy-fitting: what stands in the panels of a folded leaflet, and how it is set."""
