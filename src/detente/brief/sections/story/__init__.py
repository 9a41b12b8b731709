"""One draw told: what is true in it, what happens round by round, and how it ends."""
