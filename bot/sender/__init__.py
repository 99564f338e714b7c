"""The sender: speaks first, with python-telegram-bot, from the outbox; nobody in it is lost."""
