"""The board: ideas that members propose, each with its own text, its status and its comments."""
