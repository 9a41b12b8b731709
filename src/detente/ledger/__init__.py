"""What was said before it happened, sealed, and how right was it?

`entries` are what can be written, `book` folds them into how the ledger stands, `allowed` says what may not be written,
`scoring` says how good forecasts were.
"""
