"""A Stack Exchange data dump: a question is a topic, answers and comments are posts."""
