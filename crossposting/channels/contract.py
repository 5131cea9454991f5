"""What a network must be able to do for the portal, and what can go wrong, in one set of words.

A delivery goes ``prepare → validate → send → confirm``. Whatever a provider does passes through its ``Connection``,
which knows whether a request may have put something into the world: only then is a lost answer «unknown».
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.functional import Promise

from crossposting.counting import Measure

if TYPE_CHECKING:
    from crossposting.channels.connection import Connection

Text = str | Promise
#: Under this name a delivery's progress keeps what a network gave for a post that it is still making.
RECEIPT = "receipt"


class ChannelError(Exception):
    """Something stood in the way. ``words`` are the network's own where it said any."""

    def __init__(self, words: str, *, code: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.code = code


class Unreached(ChannelError):  # noqa: N818  # the names below say what happened
    """The request certainly did nothing: no connection came about, or the step was a harmless one."""


class Unanswered(ChannelError):  # noqa: N818  # says what happened
    """The network may have taken the post, and did not say so."""


class StillWorking(ChannelError):  # noqa: N818  # says what happened
    """The network took it and is not done: ask again after so many seconds."""

    def __init__(self, words: str, *, after: float = 5) -> None:
        super().__init__(words)
        self.after = after


class Refused(ChannelError):  # noqa: N818  # says what happened
    """The network said no; nothing was posted.

    ``final``: the same again would be refused again. ``after``: the network names the seconds to wait, and the whole
    channel waits.
    """

    def __init__(self, words: str, *, code: str = "", final: bool = False, after: float | None = None) -> None:
        super().__init__(words, code=code)
        self.final = final
        self.after = after


class AccessLost(Refused):
    """The channel's key or right is not good any more: nothing can be posted until a person mends it."""


class TokenExpired(AccessLost):
    """The access token ran out; where a network renews tokens, one renewal is tried first."""


class Unsupported(ChannelError):  # noqa: N818  # says what happened
    """This server does not do that, for instance edit a post."""


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One thing that the form of a channel asks for."""

    name: str
    label: Text
    help: Text
    secret: bool = False
    required: bool = True
    kind: str = "text"  # text, url, choice
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a network takes; from its documents, so that the network's own word overrides them."""

    text: int
    measure: Measure
    caption: int = 0  # text below a picture, where another limit holds for it
    bytes: int = 0
    pictures: int = 0
    picture_bytes: int = 4_000_000
    picture_side: int = 2048
    title: int = 0
    description: int = 0


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of an announcement, by reference: ``image:ID`` of the library, or a drawn ``card:ID[:SHAPE]``."""

    ref: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What a page has to say, the same for every network."""

    page_id: int
    title: str
    url: str
    summary: str = ""
    kind: str = ""
    author: str = ""
    hashtags: tuple[str, ...] = ()
    card: Picture | None = None  # shown with a link
    pictures: tuple[Picture, ...] = ()  # the story itself is told in pictures
    text: str = ""  # the editor's own words for this channel
    template: str = ""  # of the section, where the editor wrote nothing
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What will be sent, as it is kept in the ledger; sending it twice sends the same."""

    text: str
    title: str = ""
    description: str = ""
    link: str = ""
    author: str = ""
    card: Picture | None = None
    pictures: tuple[Picture, ...] = ()
    created_at: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Prepared":
        """From what :meth:`as_json` gave."""
        values = dict(data)
        values["card"] = Picture(**values["card"]) if values.get("card") else None
        values["pictures"] = tuple(Picture(**picture) for picture in values.get("pictures", ()))
        return cls(**values)


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A post that is there: the network's name for it, and where readers find it."""

    id: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What to look for when an answer was lost."""

    prepared: Prepared
    since: datetime
    known_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Health:
    """What trying the connection showed. ``facts`` are limits that the server itself names."""

    words: str
    facts: dict[str, Any] = field(default_factory=dict)


class Provider(ABC):
    """A network. One instance serves all its channels and keeps nothing between calls."""

    network: ClassVar[str]
    label: ClassVar[Text]
    icon: ClassVar[str] = "globe"
    #: What a person must do to connect it, in a sentence or two.
    how: ClassVar[Text] = ""
    fields: ClassVar[tuple[FieldSpec, ...]] = ()
    limits: ClassVar[Limits]
    #: Whether the network can be asked if a post is there.
    can_ask: ClassVar[bool] = False
    #: So often it must say «not there», with a pause each time, before a post is made again.
    asks: ClassVar[int] = 2
    #: Whether sending the same again does nothing new on the other side.
    repeat_is_harmless: ClassVar[bool] = False
    #: Whether readers there find posts by hashtags.
    hashtags: ClassVar[bool] = True
    #: The shape of card that looks best there (``core.drawing.SHAPES``). Where it is not the wide one, the drawn card
    #: is taken also when the editor chose a photograph: it shows that photograph.
    card_shape: ClassVar[str] = "wide"
    can_update: ClassVar[bool] = False
    can_withdraw: ClassVar[bool] = False
    #: Posted by a person's hand: the portal writes the text and keeps the record.
    by_hand: ClassVar[bool] = False
    #: Whether :meth:`renew` can get new tokens.
    renews: ClassVar[bool] = False

    def limits_for(self, facts: Mapping[str, Any]) -> Limits:
        """The limits, with what the channel's own server said of them."""
        return self.limits

    @abstractmethod
    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Say it in this network's form."""

    def validate(self, prepared: Prepared, limits: Limits) -> list[str]:
        """What the network would refuse, in words for editors; empty when all is well."""
        from crossposting.composing import problems  # composing is made of the types of this module

        return problems(prepared, limits)

    def send(self, connection: "Connection", prepared: Prepared) -> Posted:
        """Post it. After an interruption it is called again with what ``connection.keep`` kept."""
        raise Unsupported(self.network)

    def confirm(self, connection: "Connection", sought: Sought) -> Posted | None:
        """Ask the network whether the post is there."""
        raise Unsupported(self.network)

    def update(self, connection: "Connection", posted: Posted, prepared: Prepared) -> Posted:
        """Change a post that is there. Repeating it must be harmless."""
        raise Unsupported(self.network)

    def withdraw(self, connection: "Connection", posted: Posted) -> None:
        """Take a post down; one that is gone already is well. Repeating it must be harmless."""
        raise Unsupported(self.network)

    def check(self, connection: "Connection") -> Health:
        """Try the connection without posting anything."""
        return Health(words="")

    def token_ends_soon(self, secrets: Mapping[str, str], now: datetime) -> bool:
        """Whether tokens should be renewed before they are used."""
        return False

    def renew(self, connection: "Connection") -> dict[str, str]:
        """Get new tokens; called by one process at a time. Returns the secrets that change."""
        raise Unsupported(self.network)
