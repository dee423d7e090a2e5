"""A Discourse forum as JSON lines: one topic a line, its posts within; categories are spaces."""
