"""Tables that bind one another: what each would agree on under every mandate, and where circles come to rest."""
