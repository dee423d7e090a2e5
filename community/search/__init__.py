"""One box over everything: what can be read can be found, by whoever may read it.

A **document** is what the index knows of a row. An **engine** keeps documents and answers a
**query** within the audiences of the one who asks. The index is a cache: it is rebuilt from the
database whenever it is torn, absent or old.
"""
