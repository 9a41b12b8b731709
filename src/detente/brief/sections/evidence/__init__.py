"""What does each source, and each sentence, do to the answers?"""
