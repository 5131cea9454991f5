"""Members of units: lists that are brought in, slips that are handed out, and who may do so."""
