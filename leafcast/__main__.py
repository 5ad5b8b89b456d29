"""`python -m leafcast` is the console script."""

from leafcast.commands.cli import main

if __name__ == "__main__":
    main()
