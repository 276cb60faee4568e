"""What an alteration is: the words of a passage that differ, what they say, and the type that follows."""
