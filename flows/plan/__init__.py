"""The plan: where to, which work, by which route; asked once, for the documents and the procedure.

The files name each other in a circle, as the conversation does, so they import modules, not names.
"""
