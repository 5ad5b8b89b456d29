"""`python -m leafcast` is the console script."""

from leafcast.cli import main

if __name__ == "__main__":
    main()
