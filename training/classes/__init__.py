"""Classes on site: signing up and waiting, tickets, who was present, and the figures of a year."""
