"""Runs of plain words: most of what a spun text alters, told by a shorter way than names, values and contractions."""

from __future__ import annotations

from functools import lru_cache

from stemmata.alterations.aliases import may_begin_alias
from stemmata.alterations.collation import Run
from stemmata.alterations.judgement import Judgement, Piece, other_words
from stemmata.alterations.marked import CUE, VALUE, MarkedText
from stemmata.alterations.spelling import plain_words, same_word
from stemmata.alterations.tongues import TONGUES

FEW = 3  # words of a side up to which words are set one against one, whatever their letters


def plain_pieces(run: Run, source: MarkedText, copy: MarkedText) -> list[Piece] | None:
    """Return the pieces of a run in which no word of one side can say the same as one of the other.

    Words that stand alone are one piece, and as many words on both sides a piece each. None where there is more to it:
    values, names, phrases, contractions, a word that stands on both sides, sentences that begin inside, many words.
    ``split_run`` then goes the longer way, which would say the same of others.
    """
    source_first, source_last, copy_first, copy_last = run
    ours, theirs = source_last - source_first, copy_last - copy_first
    if source.is_parted(source_first, source_last) or copy.is_parted(copy_first, copy_last):
        return None
    if not ours or not theirs:
        return [Piece(run)] if ours or theirs else []
    told = source.told(source_first, source_last) | copy.told(copy_first, copy_last)
    if min(ours, theirs) > FEW or told & (VALUE if ours == theirs == 1 else ~CUE):
        return None
    before = [_lone(source.word(k), source.language) for k in range(source_first, source_last)]
    after = [_lone(copy.word(k), copy.language) for k in range(copy_first, copy_last)]
    if not all(before) or not all(after) or "".join(before) == "".join(after):
        return None
    for one in before:
        for other in after:
            if same_word(one, other):
                return None
    if ours != theirs:
        return [Piece(run)]
    places = zip(range(source_first, source_last), range(copy_first, copy_last), strict=True)
    return [Piece(Run(i, i + 1, j, j + 1), apart=True) for i, j in places]


def other_word(piece: Piece, source: MarkedText, copy: MarkedText) -> Judgement | None:
    """Return another wording for a word set against a word on neither of which there is anything for a rule to claim.

    None where one has a value, cue, name or figure, where both are quoted, and where one denies the other.
    """
    i, j = piece.run.source_first, piece.run.copy_first
    if not piece.apart or source.told(i, i + 1) or copy.told(j, j + 1):
        return None
    if source.is_quoted(i, i + 1) and copy.is_quoted(j, j + 1):
        return None
    tongue = TONGUES.get(source.language or "")
    before, after = source.word(i), copy.word(j)
    if tongue and tongue.forms.DENIALS.oppose(_lone(before, source.language), _lone(after, copy.language)):
        return None
    return other_words(before, after)


@lru_cache(maxsize=65_536)
def _lone(word: str, language: str | None) -> str:
    """Return the one plain word for which a word stands; nothing for an acronym, an alias or a contraction."""
    plain = plain_words(word, language)
    return "" if len(plain) > 1 or word.isupper() or may_begin_alias(word, language) else plain[0]
