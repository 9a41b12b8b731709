"""What does the reporting say: documents, their sentences, and what each sentence states."""
