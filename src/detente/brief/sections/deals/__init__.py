"""The questions about deals, one section each, put into words from the results of the analyses."""
