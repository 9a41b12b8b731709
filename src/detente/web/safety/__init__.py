"""What keeps strangers out: of the address, of the session, of the forms, of the disk.

hosts      is the request for this desk, and from a page of this desk?
visitors   who has entered, and with which form token?
forms      was a form sent by a page of this desk?
bodies     is what was sent small enough, and sent in time?
headers    what may a page load and run?
accounts   who may log in?
attempts   has somebody guessed too often?
refusals   what was turned away, and why?
guard      the door itself: every request and every answer passes it
"""
