"""Blogs: articles that are drafted, published and commented on."""
