"""Pages on sheets: folds, marks, and what follows a page to its sheet."""
