"""The landing folder: which files there are, what they are, what clerks decided about them.

Does not belong here: what stands in a file (``layout``, ``rows``).
"""
