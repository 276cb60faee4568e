"""What the ``directions`` stage is made of: texts compared, what texts and metadata say, the verdict."""
