"""What news say to networks beyond title and summary."""

from crossposting.announcements import announcement_source, with_pictures
from crossposting.channels.contract import Announcement, Picture
from news.models import PhotoStoryPage


@announcement_source(PhotoStoryPage)
def tell_in_pictures(page: PhotoStoryPage, announcement: Announcement) -> Announcement:
    """A photo story is told by its pictures, with the text alternatives that readers of the portal get."""
    values = [block.value for block in page.photos if block.value.get("image")]
    pictures = [
        Picture(
            ref=f"image:{value['image'].pk}",
            alt=value["alt"] or value["image"].description,
            caption=value["caption"],
        )
        for value in values
    ]
    return with_pictures(announcement, pictures)
