"""Tags: words that subjects are found by, attached to any subject."""
