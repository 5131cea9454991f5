"""Asks the interface, and says more than the status when it answers otherwise than hoped."""

from typing import Any

ROOT = "/api/v2/"


def get(client, path: str = "", status: int = 200, /, **parameters: Any) -> Any:
    """The JSON of an answer, which must have this status."""
    response = client.get(f"{ROOT}{path}", parameters)
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def ids(client, path: str = "pages/", /, **parameters: Any) -> list[int]:
    """The numbers of the things in a list, in its order."""
    return [item["id"] for item in get(client, path, **parameters)["items"]]


def refused(client, path: str, /, **parameters: Any) -> str:
    """The sentence that says what is wrong with a question."""
    data = get(client, path, 400, **parameters)
    assert set(data) == {"message"}
    return data["message"]
