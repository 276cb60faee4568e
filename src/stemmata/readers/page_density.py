"""The main text of a page by how dense its blocks are: many words, few of them links, others like that around them.

A page of news is read in a few milliseconds so, a third to a quarter of what trafilatura takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemmata.readers.page_blocks import Block, Blocks

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]{2}")  # about a word
MOST_LINKED = 0.5  # of a block of the main text
GOOD = 8  # words of a block that shows where the main text is
SHARE = 0.8  # of the words of such blocks that lie in the element that is the main text
WHOLE = 0.5  # of them: an element that holds so much is not beside the text, whatever its name
BEFORE, AFTER = 5, 1  # blocks around the first and the last good one that belong to them: headings, a credit


def find_main(page: Blocks) -> tuple[list[int], list[int]]:
    """Return the numbers of the blocks that are the main text, and of those that do not stand beside it.

    Good blocks are told by the rules of Kohlschütter for words and links of a block and of its neighbours. The main
    text lies in the innermost element that has most of their words, from a little before the first to the last of
    them. Where no block is good, there is none.

    References
    ----------
    Kohlschütter, Fankhauser and Nejdl, Boilerplate Detection using Shallow Text Features, WSDM 2010.
    """
    blocks = page.blocks
    words = [_words(block.text) for block in blocks]
    beside = _beside(page, _sums(page, blocks, _weights(blocks, words)))
    near = [number for number, block in enumerate(blocks) if not beside[block.place]]
    standing = [blocks[number] for number in near]
    weights = _weights(standing, [words[number] for number in near])
    if not any(weights):
        return [], near
    sums = _sums(page, standing, weights)
    inmost = max(number for number, total in enumerate(sums) if total >= SHARE * sums[0])
    if any(block.place == inmost for block in standing):  # a paragraph: what stands around it belongs to it
        inmost = page.parents[inmost]
    within = _within(page, inmost)
    good = [k for k, weight in enumerate(weights) if weight and within[standing[k].place]]
    main = [
        number
        for number in near[max(good[0] - BEFORE, 0) : good[-1] + AFTER + 1]
        if within[blocks[number].place] and blocks[number].linked <= MOST_LINKED * len(blocks[number].text)
    ]
    return main, near


def _words(text: str) -> int:
    """Return about how many words there are, also where no spaces part them."""
    spaced = text.count(" ") + 1
    return spaced if text.isascii() else spaced + len(UNSPACED.findall(text))


def _weights(blocks: Sequence[Block], words: Sequence[int]) -> list[int]:
    """Return the words of each block that is good, and 0 of the others."""
    linked = [block.linked / len(block.text) for block in blocks]
    return [
        own if own >= GOOD and density <= 1 / 3 and _is_content(own, before, after, density_before) else 0
        for own, before, after, density, density_before in zip(
            words, [0, *words], [*words[1:], 0], linked, [0.0, *linked], strict=False
        )
    ]


def _is_content(own: int, before: int, after: int, linked_before: float) -> bool:
    """Tell whether a block that is no list of links is content; the bounds are those of the paper."""
    if linked_before <= 0.555556:
        return own > 16 or after > 15 or before > 4
    return own > 40 or after > 17


def _sums(page: Blocks, blocks: Sequence[Block], weights: Sequence[int]) -> list[int]:
    """Return how many good words lie in each element, and in all within it."""
    sums = [0] * len(page.parents)
    for block, weight in zip(blocks, weights, strict=True):
        sums[block.place] += weight
    for number in range(len(sums) - 1, 0, -1):
        sums[page.parents[number]] += sums[number]
    return sums


def _beside(page: Blocks, sums: Sequence[int]) -> list[bool]:
    """Return which elements stand, or lie in one that stands, beside the text."""
    least = WHOLE * sums[0]
    beside: list[bool] = []
    for parent, named, total in zip(page.parents, page.beside, sums, strict=True):
        beside.append((bool(beside) and beside[parent]) or (named and total < least))
    return beside


def _within(page: Blocks, outer: int) -> list[bool]:
    """Return which elements lie in one, itself among them."""
    within: list[bool] = []
    for number, parent in enumerate(page.parents):
        within.append(number == outer or (parent < number and within[parent]))
    return within
