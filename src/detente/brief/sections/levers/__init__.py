"""What moves an answer, and what if: in words, tables and pictures."""
