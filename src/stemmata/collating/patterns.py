"""Patterns that people write, from a part of regular expressions that no text can make slow.

A pattern may try so many ways to match at one place of a word as its quantifiers and branches allow; that number is
known from the pattern and the length of the longest word, and bounded.
"""

from __future__ import annotations

import re

from stemmata.errors import SourceError

LONGEST = 50  # code points of a word that patterns are tried on
MOST_WAYS = 5_000  # at one place of a word
LONGEST_PATTERN = 1_000
PIECES = re.compile(
    r"(?P<escape>\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[wWdDsSbB]|[^A-Za-z0-9]))"
    r"|(?P<set>\[\^?(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[wWdDsS]|[^A-Za-z0-9])|[^\]\\\[])+\])"
    r"|(?P<times>[*+?]|\{(?P<least>\d{1,3})?(?P<to>,)?(?P<most>\d{1,3})?\})"
    r"|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<branch>\|)|(?P<anchor>[\^$])|(?P<letter>[^\\\[\]{}()*+?|])",
    re.DOTALL,
)
DOUBLED = re.compile(r"--|&&|~~|\|\|")  # in a set: kept free for what Python may once make of it
MAY = "it may hold letters, sets such as [aeiou], . ^ $ | ( ) and, after a letter or a set, ? * + or {1,3}"


def compile_pattern(pattern: str, where: str) -> re.Pattern[str]:
    r"""Compile a pattern of letters, sets, ``.``, ``\w`` and the like, ``^``, ``$``, groups, ``|``, and quantifiers.

    Quantifiers stand after one letter or set, never after a group or another quantifier. There is no looking around
    and no going back to a group.

    Parameters
    ----------
    pattern : str
        As it stands between slashes; it is meant for words in lower case.
    where : str
        The place that errors name.

    Raises
    ------
    SourceError
        It holds something else, is no pattern, has a capital letter, which no word has, or more than 5,000 ways to
        match (two * or +, and one choice of two).
    """
    if not 0 < len(pattern) <= LONGEST_PATTERN:
        raise SourceError(
            f"a pattern has 1 to {LONGEST_PATTERN:,} letters.", where=where, mend="write it between slashes."
        )
    ways = 1
    branches = [1]  # of the whole, and of each group that is open
    before = at = 0
    repeatable = False
    while at < len(pattern):
        piece = PIECES.match(pattern, at)
        if piece is None or (piece["times"] and not repeatable) or (piece["set"] and DOUBLED.search(piece[0])):
            raise _refused(pattern, at, where)
        if piece["letter"] or piece["set"]:
            _refuse_capitals(piece[0], where)
        if piece["open"]:
            branches.append(1)
        elif piece["branch"]:
            branches[-1] += 1
        elif piece["close"]:
            if len(branches) == 1:
                raise _refused(pattern, at, where)
            ways *= branches.pop()
        elif piece["times"]:
            ways *= _ways(piece)
        repeatable = bool(piece["letter"] or piece["set"] or (piece["escape"] and piece[0] not in (r"\b", r"\B")))
        before, at = at, piece.end()
    if len(branches) > 1:
        raise _refused(pattern, before, where)
    if ways * branches[0] > MOST_WAYS:
        raise SourceError(
            f"the pattern /{pattern[:80]}/ has too many ways to match: on some words it would take for ever.",
            where=where,
            mend="use fewer of * and +, two at most, or write several rules.",
        )
    try:
        return re.compile(pattern)
    except (re.error, OverflowError) as error:
        raise SourceError(f"/{pattern[:80]}/ is no pattern: {error}.", where=where, mend=f"{MAY}.") from error


def _ways(piece: re.Match[str]) -> int:
    if piece[0] == "?":
        return 2
    if piece[0] in "*+" or not piece["most"]:
        return 1 if piece["least"] and not piece["to"] else LONGEST
    return max(min(int(piece["most"]), LONGEST) - int(piece["least"] or 0), 0) + 1


def _refuse_capitals(piece: str, where: str) -> None:
    bare = re.sub(r"\\.", "", piece)
    if bare != bare.lower():
        raise SourceError(
            f"{bare[:40]!r} has a capital letter, and patterns meet words in lower case.",
            where=where,
            mend="write it small.",
        )


def _refused(pattern: str, at: int, where: str) -> SourceError:
    return SourceError(
        f"/{pattern[:80]}/ cannot be used from its letter {at + 1} on, {pattern[at : at + 10]!r}.",
        where=where,
        mend=f"{MAY}; other signs are written with a \\ before them.",
    )
