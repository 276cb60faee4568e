"""Who descends from whom: what one text explains of another, and the best tree over directed pairs."""
