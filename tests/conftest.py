"""How Hypothesis looks for examples: few and the same every time; ``--hypothesis-profile=thorough`` for many."""

from hypothesis import settings

settings.register_profile("stemmata", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile("stemmata")
