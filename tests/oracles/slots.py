"""Slots of a text, word by word with lists."""

from __future__ import annotations

from itertools import pairwise

from stemmata.kernels.slots import HEADLINE
from stemmata.tokens import CAPITAL, FIRST, NUMBER, PARAGRAPH, SENTENCE, words_of


def find_slots(text: str, *, names: bool) -> list[tuple[int, int, tuple[object, ...], tuple[int, ...]]]:
    """Slots word by word: their span, what stands around them, and the sorted words of the filling."""
    words = words_of(text)
    flags = words.flags.tolist()
    starts = [k for k, flag in enumerate(flags) if not k or flag & (SENTENCE | PARAGRAPH)]
    shouted = [False] * len(flags)
    for first_word, next_start in pairwise([*starts, len(flags)]):
        spoken = [flag for flag in flags[first_word:next_start] if not flag & NUMBER]
        many = sum(bool(flag & CAPITAL) for flag in spoken) > HEADLINE * len(spoken)
        shouted[first_word:next_start] = [many] * (next_start - first_word)
    capital = [names and bool(flag & CAPITAL) and not many for flag, many in zip(flags, shouted, strict=True)]
    inside = [held and not flag & FIRST for held, flag in zip(capital, flags, strict=True)]
    fact = []
    for k, flag in enumerate(flags):
        first = capital[k] and k + 1 < len(flags) and inside[k + 1]
        fact.append(bool(flag & NUMBER) or inside[k] or first)
    runs: list[list[int]] = []
    for k in range(len(flags)):
        if fact[k] and k and fact[k - 1] and k not in starts:
            runs[-1].append(k)
        else:
            runs.append([k])
    found = []
    for at, run in enumerate(runs):
        if not fact[run[0]]:
            continue
        around: list[object] = []
        for beside in (at - 2, at - 1, at + 1, at + 2):
            outside = not 0 <= beside < len(runs)
            around.append("" if outside else "slot" if fact[runs[beside][0]] else int(words.word[runs[beside][0]]))
        if around.count("slot") > 1:
            continue
        first_run, last_run = runs[max(at - 2, 0)], runs[min(at + 2, len(runs) - 1)]
        filling = tuple(sorted(words.word[run].tolist()))
        found.append((first_run[0], last_run[-1] + 1, tuple(around), filling))
    return found
