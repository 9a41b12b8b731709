"""The questions about a conflict that came as a file, one section each, put into words from the results."""
