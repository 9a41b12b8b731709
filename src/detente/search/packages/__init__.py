"""Exact search over the packages of one table: the best, the undominated, how many, and what stands in the way."""
