"""One file per network, behind the contract in ``contract``."""
