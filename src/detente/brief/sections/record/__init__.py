"""How right were forecasts: how the ledger stands, the scores, the pictures, and why forecasts changed."""
