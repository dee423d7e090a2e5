"""Threads: posts in order, written once for topics, ideas, articles, pages and releases."""
