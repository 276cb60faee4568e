"""Stemmata, and the collation they rest on, as NEXUS (Maddison, Swofford & Maddison 1997).

To NEXUS, small and capital letters are the same, and a number stands for a taxon by its place: of two labels that
differ in case alone, the second has a number behind it, and a label of digits alone a ``#`` before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stemmata.collating.collation import MISSING, OMISSION, Collation
from stemmata.interchange.lineage import Lineage
from stemmata.interchange.newick import quote, write_tree
from stemmata.interchange.signs import apart, plain

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # for the readings of a place
UNKNOWN = "?"


def render_nexus(lineage: Lineage, collation: Collation | None = None) -> str:
    """Return blocks of taxa, of characters where there is a collation, and of trees, one for each family.

    Taxa are texts at hand and the witnesses of the collation. A place is a character, and a reading, an omission
    too, one of its states. The rarest readings of a place with more than 36 become unknown, which a comment says.
    """
    lost = {member.doc for member in lineage.members if member.lost}
    taxa = [member.doc for member in lineage.members if not member.lost]
    taxa += [name for name in (collation.witnesses if collation else ()) if name not in {*taxa, *lost}]
    labels = apart([*taxa, *sorted(lost)], lambda name: _label(name, name in lost), fold=True)
    quoted = [quote(labels[taxon]) for taxon in taxa]
    lines = ["#NEXUS", "", "BEGIN TAXA;", f"  DIMENSIONS NTAX={len(taxa)};"]
    lines += ["  TAXLABELS", *(f"    {label}" for label in quoted), "  ;", "END;", ""]
    if collation and collation.readings:
        lines += [*_characters(collation, taxa, quoted), ""]
    if lineage.families:
        lines += ["BEGIN TREES;"]
        lines += [
            f"  TREE {quote(plain(f'family{family}'))} = [&R] {write_tree(members, lineage.children, labels)}"
            for family, members in lineage.families.items()
        ]
        lines += ["END;", ""]
    return "\n".join(lines)


def _label(name: str, lost: bool) -> str:
    if lost:
        name = name.translate(str.maketrans(":/", "  "))  # some readers take a colon for a length, within quotes too
    return f"#{plain(name)}" if name.isdigit() or not name else plain(name)


def _characters(collation: Collation, taxa: Sequence[str], labels: Sequence[str]) -> list[str]:
    row_of = {name: row for row, name in enumerate(collation.witnesses)}
    states, lines, comments = [], [], []
    for place, readings in enumerate(collation.readings):
        held = Counter(code for code in collation.codes[:, place].tolist() if code != MISSING)
        kept = sorted(sorted(held, key=lambda code: (-held[code], code))[: len(SYMBOLS)])
        symbols = dict(zip(kept, SYMBOLS, strict=False))
        states.append(symbols)
        said = " ".join(quote(plain(readings[code]) if readings[code] != OMISSION else "(omitted)") for code in kept)
        lines.append(f"    {place + 1} place{place + 1} / {said}")
        if len(kept) < len(held):
            comments.append(f"  [place{place + 1} has {len(held)} readings; the rarest {len(held) - len(kept)} are ?]")
    used = max(len(symbols) for symbols in states)
    matrix = []
    for taxon, label in zip(taxa, labels, strict=True):
        codes = collation.codes[row_of[taxon]].tolist() if taxon in row_of else [MISSING] * len(states)
        signs = (symbols.get(code, UNKNOWN) for code, symbols in zip(codes, states, strict=True))
        matrix.append(f"    {label} {''.join(signs)}")
    return [
        "BEGIN CHARACTERS;",
        f"  DIMENSIONS NCHAR={len(states)};",
        f'  FORMAT DATATYPE=STANDARD MISSING={UNKNOWN} GAP=- SYMBOLS="{SYMBOLS[: max(used, 2)]}";',
        *comments,
        "  CHARSTATELABELS",
        ",\n".join(lines),
        "  ;",
        "  MATRIX",
        *matrix,
        "  ;",
        "END;",
    ]
