"""What the ``directions`` stage is made of: two texts compared, what speaks in them, what their metadata say."""
