"""The API's way in: resources that rooms register, tokens, and the description of it all."""
