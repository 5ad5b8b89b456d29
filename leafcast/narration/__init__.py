"""From an Article to sound: script, voices, mastering, encoding."""

import os

# Passages are worked on side by side, one a core: NumPy's own threads would wait on one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
