"""Networks as strict stand-ins: real HTTP servers on this machine that refuse what the networks refuse."""
