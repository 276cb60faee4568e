"""Words that are several in one: *im*, *du*, *del*, *l'île*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Contractions(NamedTuple):
    """What a language writes together, and the old or regional spelling of its words.

    Parameters
    ----------
    whole : mapping
        Contractions, and the words for which they stand.
    elided : mapping
        What stands before an apostrophe, and the word for which it stands.
    respelled : tuple of (pattern, replacement)
    """

    whole: Mapping[str, str]
    elided: Mapping[str, str] = {}
    respelled: tuple[tuple[re.Pattern[str], str], ...] = ()

    def plain(self, word: str) -> tuple[str, ...]:
        """Return the plain words for which a word stands, in lower case; a name keeps its apostrophe: *L'Oréal*."""
        word = word.replace("’", "'").replace("ʼ", "'")
        before, mark, after = word.partition("'")
        named = before[:1].isupper() and after[:1].isupper()
        if mark and after and not named and before.lower() in self.elided:
            return (*self.elided[before.lower()].split(), *self.plain(after))
        word = word.lower()
        for pattern, plain in self.respelled:
            word = pattern.sub(plain, word)
        return tuple(self.whole.get(word, word).split())
