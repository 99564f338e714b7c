"""The document checklist: a few questions, the list they lead to, and a page per document.

The files name each other in a circle, as the conversation does, so they import modules, not names.
"""
