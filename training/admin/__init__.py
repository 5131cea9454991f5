"""What organisers of classes see in the admin."""
