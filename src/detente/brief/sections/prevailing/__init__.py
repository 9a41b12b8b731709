"""Who prevails inside a body that decides together: where the weight lies, whether the models agree, who moves whom."""
