"""Facts: what happened, reduced to the few small numbers that counting needs.

A fact is an event as stored for counting: no name, no address, no text. Facts are only ever added.
What was taken away later is a fact of its own, and nobody is found through a fact once they have
left.
"""
