"""Where two analyses meet: what one finds is what another starts from, here and nowhere else."""
