"""The verbs of the ledger: ask, forecast, resolve, score, and show that nothing of it was changed."""
