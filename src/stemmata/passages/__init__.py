"""What the ``align`` stage is made of: prepare a pair, find its passages, align their words, name their roles."""
