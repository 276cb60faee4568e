"""Articles of our own that several tests share."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
FERRY = (EXAMPLES / "ferry.txt").read_text(encoding="utf-8")
FERRY_SPUN = (EXAMPLES / "ferry-spun.txt").read_text(encoding="utf-8")
ORCHARD = """Apple growers in the Hollow Hills have begun to graft old varieties onto hardy rootstock again.

Late frost destroyed most blossom in three of the past five springs. Trees that flower two weeks later escaped,
and those were mostly forgotten kinds that nobody had planted since the war: small, sour fruit, good for cider.

Ines Marchetti, who runs a nursery near Callow, sold four hundred such saplings last winter. She keeps a list of
cellars and hedges where she has found surviving trees, and pays children a penny for every leaf they bring her.
Botanists from the regional museum compare the leaves with drawings from 1880 and have named sixty sorts so far.

Buyers remain cautious. A sapling needs seven years to bear, and supermarkets want red, sweet, even apples. But two
cider makers have signed contracts for the whole crop, and a baker in the valley swears by the sharpest of them.
"""
