"""The feed doctor: what a validator, a reader and each tool that carries feeds elsewhere would say of a feed now."""
