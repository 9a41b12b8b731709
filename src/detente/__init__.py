"""Detente turns reporting on a dispute into a model of the negotiation that you can question."""
