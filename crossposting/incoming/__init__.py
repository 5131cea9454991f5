"""What comes in by itself: videos of the units' YouTube channels, as drafts."""
