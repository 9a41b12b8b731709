"""The graph model of a conflict, searched: moves, stability, coalitions, walks, draws, and the reasons behind them."""
