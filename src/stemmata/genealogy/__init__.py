"""Which witness descends from which, told from what they read at each place."""
