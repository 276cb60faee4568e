"""Damaged files by the hundred thousand, for all readers: ``python -m tests.fuzzing --inputs 200000``.

``seeds`` holds small sound files of every format; ``inputs`` makes input k of a number of them, always the same;
``reading`` reads many at a time through the door of users' files, and looks at what comes back; ``__main__`` watches
the process that does so, and tells.
"""
