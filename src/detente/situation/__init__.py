"""The nouns of a dispute, their values and paths, and what is wrong with a draft of them."""
