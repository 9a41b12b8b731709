"""What a party that presses a condition can be offered, and what it would take at which no-deal value."""
