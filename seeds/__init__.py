"""Hand-labelled seed articles; read by `data.seeds`."""
