"""Witnesses of one text, set beside each other word by word: places, and what each witness reads there."""
