"""Files of hourly series that a build before this one has read: their rows and books are taken over, not made again.

Does not belong here: reading of files (``layout``, ``rows``), the comparison of keys (``books.duplicates``), which
months an edition links (``ehpilot.publish.series``).
"""
