"""Attachments: pictures, written anew, and files; open to those who may read what shows them."""
