"""Charts as geometry: a chart is a `Drawing` in plain Python, which one template turns into SVG.

Marks and words are placed in percent of the plot, so that a chart keeps its height and the size of
its letters from a phone to a wall; only paths live in a box of their own that is stretched.
"""
