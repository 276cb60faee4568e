"""A tale of our own in six witnesses, copied by hand: B and E from A, C and D from B, F from E."""

from __future__ import annotations

from tests.witnesses import replaced

A = (
    "The harbour master of Linden kept seven lanterns burning through the winter of the great frost. Every evening "
    "he walked the length of the quay, trimmed each wick and wrote the hour into a ledger bound in green cloth. "
    "Nobody had asked him to do so. When the ice broke in March, the first ship to come in was the Halcyon, whose "
    "captain swore that she had followed those lights for eleven nights. The town council paid for the oil at last, "
    "and a small brass plate was fixed to the wall where the seventh lantern used to hang.\n"
)
B = replaced(A, ("seven lanterns", "seven lamps"), ("great frost", "hard frost"))
C = replaced(B, ("green cloth", "grey cloth"), ("eleven nights", "twelve nights"), ("Halcyon", "Alcyon"))
D = replaced(B, ("trimmed each wick", "trimmed the wicks"), ("Nobody had asked him to do so. ", ""))
E = replaced(A, ("small brass plate", "little brass plate"), ("was fixed", "was nailed"), ("wrote the", "noted the"))
F = replaced(E, ("oil at last", "oil […] last"), ("Every evening", "Each evening"))
LANTERNS = {"A": A, "B": B, "C": C, "D": D, "E": E, "F": F}
JOINED = {("A", "B"), ("B", "C"), ("B", "D"), ("A", "E"), ("E", "F")}
