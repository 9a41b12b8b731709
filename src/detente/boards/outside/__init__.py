"""What could be done without a deal, by whom, and what would each move be worth: drafted, shown, laid as a board."""
