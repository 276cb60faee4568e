"""What stands between two words says whether the second begins a sentence, a line or a paragraph.

The signs of a gap drive an automaton: its states are what was seen, and its table is written out from one rule.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from stemmata.kernels import inlined

# properties of a code point that matter between words
ENDER, CLOSER, OPENER, NEWLINE, SPACE = 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11
COLON, CLOSED = 1 << 12, 1 << 15
QUOTE = 34  # opens after white space, and closes after a sentence

# flags of a word that tell of the gap before it
SENTENCE, LINE, PARAGRAPH, FIRST = 16, 32, 64, 128

SIGNS = (0, ENDER, ENDER | CLOSED, COLON, SPACE, NEWLINE | SPACE, CLOSER, OPENER, QUOTE)  # kinds of signs, by number
PLAIN, FULL_STOP, CLOSING_STOP, OF_COLON, BLANK, LINE_END, CLOSING, OPENING, QUOTING = range(len(SIGNS))
WIDTH = 16  # of a row of the table: a power of two

# what was seen: a full stop (1), and white space after it (2); whether it is closed; whether a capital says nothing;
# line ends, of which no more than two count; whether white space was last; whether the text begins here
STATES = tuple(product(range(3), (0, 1), (0, 1), range(3), (0, 1), (0, 1)))
WITHIN = STATES.index((0, 0, 0, 0, 0, 0))  # after a word
BEGINNING = STATES.index((0, 0, 1, 2, 1, 1))  # of a text


def _pass(state: tuple[int, ...], sign: int) -> tuple[int, ...]:
    """Return what a sign of some kind makes of a state."""
    sentence, closed, fresh, lines, spaced, begins = state
    if sign in (FULL_STOP, CLOSING_STOP):
        sentence, closed, fresh = 1, int(sign == CLOSING_STOP), 1
    elif sign == OF_COLON:
        sentence, fresh = 0, 1
    elif sign in (BLANK, LINE_END):
        lines = min(2, lines + (sign == LINE_END))
        sentence = 2 if sentence == 1 else sentence
    elif sign in (CLOSING, QUOTING) and sentence == 1:
        closed = 1
    elif sign == OPENING or (sign == QUOTING and spaced):
        fresh, sentence = 1, 0 if sentence == 1 else sentence
    elif sentence == 1:
        sentence = 0
    return sentence, closed, fresh, lines, int(sign in (BLANK, LINE_END)), begins


def _flags(state: tuple[int, ...], small: bool) -> int:
    """Return the flags of a word after a state; ``small``: its first letter is."""
    sentence, closed, fresh, lines, _, begins = state
    starts = begins or sentence == 2 or (sentence == 1 and closed and not small)
    return SENTENCE * bool(starts) | LINE * (lines >= 1) | PARAGRAPH * (lines >= 2) | FIRST * bool(fresh or lines >= 2)


_NUMBER = {state: number for number, state in enumerate(STATES)}
AFTER = np.array(  # row: state, column: kind of sign
    [[_NUMBER[_pass(state, min(sign, QUOTING))] for sign in range(WIDTH)] for state in STATES], np.uint8
).ravel()
GAP_FLAGS = np.array([[_flags(state, small) for small in (False, True)] for state in STATES], np.uint8).ravel()


@inlined
def kind_of_sign(bits: int, point: int) -> int:
    """Return the kind of a code point between words by its properties."""
    if bits & ENDER:
        return CLOSING_STOP if bits & CLOSED else FULL_STOP
    if bits & COLON:
        return OF_COLON
    if bits & SPACE:
        return LINE_END if bits & NEWLINE else BLANK
    if point == QUOTE:
        return QUOTING
    if bits & CLOSER:
        return CLOSING
    return OPENING if bits & OPENER else PLAIN
