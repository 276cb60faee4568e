"""What the ``align`` stage is made of: prepare a pair, find its passages, align their words, cut furniture."""
