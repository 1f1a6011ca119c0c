"""Many trackers in one set of tables, and what a college group can learn from it.

A set holds what figures need and nothing else: no name, address, number of an authority, note or free text is gathered.
"""
