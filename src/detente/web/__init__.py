"""The desk in a browser: pages and a JSON interface on one machine, or on a server with accounts.

What a page shows is made by the desk, worded by the brief and drawn by the figures; here it is only placed.
"""
