"""How Hypothesis is to look for examples: few, the same every time, and however long one takes."""

from hypothesis import settings

settings.register_profile("stemmata", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("stemmata")
