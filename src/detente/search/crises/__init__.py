"""How a crisis is worked out: as a game in order of moves, and as one in which each side knows only its own resolve."""
