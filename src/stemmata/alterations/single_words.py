"""One word against one: most of what a spun text alters, told by a shorter way than runs of several words."""

from __future__ import annotations

from stemmata.alterations.aliases import may_begin_alias
from stemmata.alterations.collation import Run
from stemmata.alterations.judgement import Piece, Side
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.restyling import one_thing
from stemmata.alterations.spelling import same_word


def word_for_word(run: Run, source: MarkedText, copy: MarkedText) -> list[Piece] | None:
    """Return the pieces of one word against one, where neither is a value, a thing of several names or a contraction.

    None where it is one of these; ``split_run`` then goes the longer way, which would say the same of others.
    """
    i, j = run[0], run[2]
    if i in source.value_at or j in copy.value_at:
        return None
    before, after = source.word(i), copy.word(j)
    if may_begin_alias(before, source.language) or may_begin_alias(after, copy.language):
        return None
    ours, theirs = source.plain(i), copy.plain(j)
    if len(ours) > 1 or len(theirs) > 1 or same_word(ours[0], theirs[0]):
        return None
    if before.isupper() or after.isupper() or source.told(i, i + 1) or copy.told(j, j + 1):
        same = one_thing(Side(source, i, i + 1), Side(copy, j, j + 1))
        return [Piece(run, same=same, apart=not same)]
    return [Piece(run, apart=True)]
