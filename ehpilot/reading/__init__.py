"""The read side of editions: find and open one, query it, compare two, trace a number, say what is stale.

Nothing here ever writes into an edition or opens the working warehouse. Does not belong here: making editions
(``ehpilot.publish``), documents (``ehpilot.reporting``).
"""
