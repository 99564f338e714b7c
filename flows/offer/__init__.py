"""The offer check: eight questions, one press each; it names warning signs, never a company.

The files name each other in a circle, as the conversation does, so they import modules, not names.
"""
