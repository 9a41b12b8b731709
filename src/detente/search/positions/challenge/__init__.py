"""The expected-utility model of who challenges whom: many cases side by side, in each of its published readings."""
