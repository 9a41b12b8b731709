"""The verbs of the product, one module each: what the command line and the browser can ask for."""
