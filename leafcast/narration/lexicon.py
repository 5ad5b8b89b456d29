"""How words are said: audio/lexicon.toml, the owner's file winning over leafcast's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from leafcast.project import Project
from leafcast.settings import check_keys, read_settings

FILE = "audio/lexicon.toml"


@dataclass(frozen=True)
class Lexicon:
    """Pairs of a word as written and as said. A word is matched whole, with its capitals."""

    words: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted((word for word, _ in self.words), key=len, reverse=True)
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")

    def say(self, text: str) -> str:
        """`text` with every word of the lexicon as it is said."""
        if not self.words:
            return text
        said = dict(self.words)
        return self._pattern.sub(lambda found: said[found[1]], text)


def read_lexicon(project: Project) -> Lexicon:
    """The lexicon of the project. Raises SettingsError for a slip, with file, line and fix."""
    words: dict[str, str] = {}
    for folder in reversed(project.data):
        path = folder / FILE
        if not path.exists():
            continue
        file = read_settings(path, FILE)
        check_keys(file, file.values, {"words"}, "")
        for word, said in file.values.get("words", {}).items():
            if not isinstance(said, str) or not word.strip():
                raise file.error(
                    f"“{word}” must be said with words in quotes",
                    f'Write "{word}" = "as it is said"',
                    word,
                    "words",
                )
            words[word] = said
    return Lexicon(tuple(sorted(words.items())))
