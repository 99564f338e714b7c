"""Through which door: the terminal, the kiosk, Telegram, and the runner behind them."""
