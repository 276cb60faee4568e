"""How a word denies another: *un-happy*, *un-möglich*, *sinn-los* against *sinn-voll*."""

from __future__ import annotations

import re
from typing import NamedTuple

LEAST = 3  # letters of a word that is denied


class Denials(NamedTuple):
    """What denies in a language, apart from its cue words.

    Parameters
    ----------
    negators : frozenset of str
        Plain words that deny by themselves.
    prefix, turned : re.Pattern
        What turns the word behind it, and the whole words in which it does: *dis-play* is no denial of *play*.
    negative : re.Pattern
        Whole words that may deny by their own form.
    lacking, having : str
        *Without*, and *with*.
    swapped : tuple of (str, str)
        Endings of which the first denies the second.
    inflection : re.Pattern
        Endings that do not count: *unmögliche*, *möglicher*.
    concord : bool
        Whether several negators of a sentence deny once: *no vino nadie*.
    bound, binds : frozenset of str, str
        Words that deny beside another one alone: *il ne fume plus*; *une jeune personne* is somebody.
    auxiliaries : frozenset of str
        Verbs that stand beside a negator and fall with it: *did not find* against *found*.
    """

    negators: frozenset[str]
    prefix: re.Pattern[str]
    turned: re.Pattern[str]
    negative: re.Pattern[str]
    lacking: str
    having: str
    swapped: tuple[tuple[str, str], ...] = ()
    inflection: re.Pattern[str] | None = None
    concord: bool = False
    auxiliaries: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    binds: str = ""

    def oppose(self, one: str, other: str) -> bool:
        """Say whether one of two words denies the other."""
        return self.denies(one, other) or self.denies(other, one)

    def denies(self, denied: str, stated: str) -> bool:
        """Say whether one word denies the other by its beginning or its ending."""
        whole = denied
        if self.inflection:
            denied, stated = self.inflection.sub("", denied), self.inflection.sub("", stated)
        if len(stated) >= LEAST and denied.endswith(stated):
            return bool(self.prefix.fullmatch(denied, 0, len(denied) - len(stated)) and self.turned.fullmatch(whole))
        for no, yes in self.swapped:
            if denied.endswith(no) and stated.endswith(yes) and denied.removesuffix(no) == stated.removesuffix(yes):
                return True
        return False
