"""The procedure: 23 stages from the talk at home to the return, and how far one has come.

The files name each other in a circle, as the conversation does, so they import modules, not names.
"""
