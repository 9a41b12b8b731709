"""No deal: what could be done outside the table, whether today's state holds, what the threats cover."""
