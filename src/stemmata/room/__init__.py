"""The reading room: pages on one trace that lead to one another, and the same as data.

Each page is a module with two functions: ``tell`` returns what its template shows, ``twin`` what a program reads.
"""
