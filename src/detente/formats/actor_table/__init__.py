r"""How does a plain table of actors come in and go out: who weighs how much, stands where, and cares how much?

One row per actor, with a column for its name, one for its capability, and a position and a salience for each issue:
`position missiles`, `salience missiles`. Or one row per actor and issue, with a column `issue`. A number may have two
more columns, as `position low` and `position high`. Rows `scale low` and `scale high` say what the scales are.
"""

from detente.formats.actor_table.reading import is_actor_table, read
from detente.formats.actor_table.writing import rows, template, to_csv, to_xlsx

__all__ = ["is_actor_table", "read", "rows", "template", "to_csv", "to_xlsx"]
