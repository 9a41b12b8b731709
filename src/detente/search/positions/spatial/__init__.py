"""The spatial model of politics: who presses whom towards what, turn by turn, until hardly anybody moves any more."""
