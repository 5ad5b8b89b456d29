"""What is asked of leafcast, and how its answer looks."""
