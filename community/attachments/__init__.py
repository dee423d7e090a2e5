"""Attachments: images and files, re-encoded, readable by those who may read a text that uses them."""
