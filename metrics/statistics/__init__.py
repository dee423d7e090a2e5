"""The arithmetic behind every number: plain Python, no state, no database, one page a thing.

Each function takes ordinary sequences and gives an estimate together with what it does not know:
an interval of 95 % unless it says otherwise. In the tests scipy, lifelines and networkx judge them.
"""
