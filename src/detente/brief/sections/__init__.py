"""The sections of a brief, one question each: words from result data, every sentence with what it rests on."""
