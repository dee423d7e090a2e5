"""The demo community: sixteen weeks at an invented CRM vendor, told relative to today.

`script` reads the small files it is written in, `composer` deals out the small talk, `checks` says
what is wrong with a story before it is loaded. `community` knows nothing of ideas: other packages
add their part as a *chapter*.
"""
