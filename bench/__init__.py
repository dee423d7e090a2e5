"""How fast the pages are: always beside bare Flask, because machines differ and ratios do not."""
