"""How the models of a body that decides are worked out: what a sound body is, elections, and what moves who where."""
