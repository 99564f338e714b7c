"""In which language: catalogs of messages, and the tools that keep them true."""
