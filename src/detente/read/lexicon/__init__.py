"""What does the reader know by heart? The data files lie here."""
