"""What does a language model find in a text, where the user names one? Structure with quotes that code finds again."""
