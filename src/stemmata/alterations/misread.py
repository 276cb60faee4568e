"""Alterations of texts of which one was recognised from a picture with errors: each may be an error of recognition."""

from __future__ import annotations

from stemmata.alterations.alteration import Alteration

MOST = 0.45  # severity: worth a look, at the picture
PASSAGES = ("omission", "addition", "moved", "disguised")  # no engine reads so much that is not there
PERHAPS = "One of the texts seems to be recognised from a picture with errors: this may be one."


def perhaps_misread(one: Alteration) -> Alteration:
    """Return an alteration of such a text; no word in it is grave by itself."""
    if one.type in PASSAGES or one.severity <= MOST:
        return one
    return one._replace(severity=MOST, says=f"{one.says} {PERHAPS}")
