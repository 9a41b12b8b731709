"""What analyses of deals search through: packages, agendas, linked tables, and what a presser can be offered."""
