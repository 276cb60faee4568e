r"""Rules that make spellings equal for the collation: *u* for *v*, long s, abbreviations. None are built in.

::

    from,to,kind
    ſ,s
    v,u
    /^([^aeiou]*)j/,\1i
    dns,dominus,abbreviation
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.patterns import LONGEST, compile_pattern
from stemmata.collating.sheets import Row, read_sheet
from stemmata.errors import SourceError
from stemmata.tokens import Words, hash_words, words_of

SPELLING, ABBREVIATION = "spelling", "abbreviation"
KINDS = (ABBREVIATION, SPELLING)  # in the order in which they are applied
LONGEST_PART = 100  # code points of what a rule puts in
MANY = np.uint64(0x9E3779B97F4A7C15)  # odd: hashes of several words in a row stay apart


@dataclass(frozen=True)
class Rule:
    """One rule.

    Parameters
    ----------
    before, after : str
        What stands in a word, and what is put in its place; ``before`` between slashes is a pattern.
    kind : str
        ``spelling`` or ``abbreviation``: what words are called that only the rule makes equal.
    where : str
        The file and the line.
    """

    before: str
    after: str
    kind: str = SPELLING
    where: str = field(default="", compare=False)
    _replace: Callable[[str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_replace", _replacing(self))

    def apply(self, word: str) -> str:
        """Return a word with the rule applied to all of it, once."""
        return self._replace(word)


@dataclass(frozen=True)
class Rules:
    """Rules in the order in which they are applied: those on abbreviations before those on spelling, else as given."""

    listed: tuple[Rule, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.listed)

    def apply(self, word: str, kinds: tuple[str, ...] = KINDS) -> str:
        """Return a word in small letters and composed signs (NFC), with the rules of some kinds applied in their order.

        Each is applied once. A word of more than 50 code points, or that grows to more, is left as it is from there on.
        """
        word = small(word)
        for kind in KINDS:
            for rule in self.listed if kind in kinds else ():
                if rule.kind == kind and len(word) <= LONGEST:
                    word = rule.apply(word)
        return word


def small(word: str) -> str:
    """Return a word in small letters and composed signs, as rules meet it."""
    return unicodedata.normalize("NFC", word.lower())


def read_rules(path: str | os.PathLike[str]) -> Rules:
    """Read rules from a table with the columns ``from`` and ``to``, and if need be ``kind``.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It is no such table, or a rule is none; file and line are named.
    """
    return Rules(tuple(map(_rule, read_sheet(path, ("from", "to"), ("kind",)))))


def normalised_words(text: str, words: Words, rules: Rules) -> NDArray[np.uint64]:
    """Return the hash of each word with the rules applied; of a word that no rule changes, the one that it had.

    Parameters
    ----------
    text : str
        The text of a witness.
    words : Words
        Its words, from ``tokens.words_of``.

    Returns
    -------
    uint64 array of shape (words,)
        A word that becomes several has a hash of its own; one of which nothing is left has 0.
    """
    hashes = words.word.copy()
    if not rules:
        return hashes
    places: dict[str, list[int]] = {}
    for number, (start, end) in enumerate(zip(words.start.tolist(), words.end.tolist(), strict=True)):
        places.setdefault(text[start:end], []).append(number)
    applied = {form: changed for form in places if (changed := rules.apply(form)) != small(form)}
    for (form, changed), single in zip(applied.items(), hash_words(applied.values()).tolist(), strict=True):
        hashes[places[form]] = single or hash_together(changed)
    return hashes


def hash_together(text: str) -> np.uint64:
    """Return one hash for the words of a text in their order: that of the word if there is one, 0 if there is none."""
    first, *others = words_of(text).word.tolist() or [0]
    hashed = first
    for other in others:
        hashed = (hashed * int(MANY) + other) % 2**64
    return np.uint64(hashed)


def _rule(row: Row) -> Rule:
    said = {name: value.strip() for name, value in row.said.items()}
    kind = said.get("kind", "").lower() or SPELLING
    if kind not in KINDS:
        raise SourceError(
            f"a rule is of the kind {' or '.join(KINDS)}, not {kind[:40]!r}.",
            where=row.where,
            mend="leave it empty, or change it.",
        )
    return Rule(said["from"], said["to"], kind, row.where)


def _replacing(rule: Rule) -> Callable[[str], str]:
    before, after = (unicodedata.normalize("NFC", part) for part in (rule.before, rule.after))
    if before in ("", "/", "//"):
        raise SourceError("a rule does not say what it replaces.", where=rule.where, mend="fill the column 'from'.")
    if len(after) > LONGEST_PART:
        raise SourceError(f"a rule puts in more than {LONGEST_PART} letters.", where=rule.where, mend="shorten it.")
    if not (before.startswith("/") and before.endswith("/")):
        if len(before.split()) > 1:
            raise SourceError(
                f"a rule is about one word, and {before[:40]!r} is several.",
                where=rule.where,
                mend="write a rule for each.",
            )
        literal, put = before.lower(), after.lower()
        return lambda word: word.replace(literal, put)
    pattern = compile_pattern(before[1:-1], rule.where)
    parts = re.split(r"\\(\d)", after.lower())
    wanted = [int(part) for part in parts[1::2]]
    if any(not 0 < number <= pattern.groups for number in wanted):
        raise SourceError(
            f"the rule puts in group {max(wanted)}, and its pattern has {pattern.groups}.",
            where=rule.where,
            mend=r"put what is to be kept into ( ), and count these from 1: \1.",
        )

    def put_in(found: re.Match[str]) -> str:
        return "".join(found[int(part)] or "" if n % 2 else part for n, part in enumerate(parts))

    return lambda word: pattern.sub(put_in, word)
