"""The one app: pilots, the organisations behind them, and everything visitors and editors do with them."""
