"""Review: how product managers move an idea from one status to the next, and what they say."""
