"""Work that breaks: in a module that a process of its own finds by name."""

import os

from detente.desk.corpus import SHARD
from detente.desk.corpus.places import BROKEN
from detente.desk.corpus.stages import Order, marker, work


def breaking(order: Order) -> None:
    """Work as usual, but for two documents: one that ends its process, and one that the reader cannot bear."""
    for shard in order.shards:
        for number, how in ((6, "end"), (13, "raise")):
            if shard == number // SHARD and not (order.run / BROKEN / f"{number:08}.json").exists():
                marker(order, shard).write_text(str(number), encoding="ascii")
                if how == "end":
                    os._exit(9)
                raise ValueError(how)
    work(order)
