"""Where it is heading: what became of cases like it, the model's courses apart from that, and what both rest on."""
