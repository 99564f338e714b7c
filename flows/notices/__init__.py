"""Job notices and village news: what people read, choose to receive, ask about and report."""
