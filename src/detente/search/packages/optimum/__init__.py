"""Which package serves an aim best, and how is it known that none serves it better?

`aims` says what is sought, `cuts` what bounds it, `weigh` which bound is best, `climb` finds good packages, `fold`
lists what no bound rules out, `prove` puts these together, `scan` looks at everything, `milp` asks a solver.
"""

from detente.search.packages.optimum.aims import AIMS, Aim
from detente.search.packages.optimum.answer import METHODS, Method, Optimum, optimum

__all__ = ["AIMS", "METHODS", "Aim", "Method", "Optimum", "optimum"]
