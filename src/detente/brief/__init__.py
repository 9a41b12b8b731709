"""From answers to one document, and from that document to a terminal, an HTML file and JSON."""
