"""The forum: topics in categories, with answers where the category is for questions."""
