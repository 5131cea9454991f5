"""Channels, and the ledger of what was delivered to them."""

from crossposting.models.channels import Channel
from crossposting.models.deliveries import Attempt, Delivery
from crossposting.models.incoming import IncomingVideo, VideoSource
from crossposting.models.sharing import SharingChoice, SharingSettings
from crossposting.models.templates import PostTemplate

__all__ = [
    "Attempt",
    "Channel",
    "Delivery",
    "IncomingVideo",
    "PostTemplate",
    "SharingChoice",
    "SharingSettings",
    "VideoSource",
]
