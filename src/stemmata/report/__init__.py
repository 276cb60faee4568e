"""Tables in, text out: the terminal's answer, one JSON document, one self-contained page."""
