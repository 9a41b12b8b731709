"""How many draws are made where nobody says, and from which seed."""

DRAWS = 512
SEED = 20260208
