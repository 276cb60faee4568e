"""Stemmata and collations in the formats of other programs: tables in, text out, and collations back in."""
