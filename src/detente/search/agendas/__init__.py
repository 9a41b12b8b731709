"""What one agenda comes to: its outcome, in stages or at tables of their own, and whose red line rules it out."""
