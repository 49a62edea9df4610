"""A real Chromium, driven over its own debugging protocol: go, look, click, type, take a picture.

Headless, with a profile of its own; what it asked the network for is kept, so that a test can say that it called
nobody but us.
"""

import base64
import contextlib
import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_SETTLED = 0.7  # seconds that a page takes to show what was done to it
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


class Page:
    """One page of the browser.

    Attributes:
        asked: every address that the page asked for, in order; what a policy kept it from is not among them.
    """

    def __init__(self, socket: Connection) -> None:
        self._socket = socket
        self._number = itertools.count(1)
        self.asked: list[str] = []
        self._requests: dict[str, str] = {}
        for domain in ("Page", "Runtime", "Network"):
            self.tell(f"{domain}.enable")
        self.size(1360, 900)

    def tell(self, method: str, seconds: float = 60, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol; what happens meanwhile is noted, and waited for so long."""
        number = next(self._number)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=seconds))
            self._note(said)
            if said.get("id") == number:
                assert "error" not in said, said["error"]
                answer: dict[str, Any] = said["result"]
                return answer

    def _note(self, said: dict[str, Any]) -> None:
        told = said.get("params", {})
        if said.get("method") == "Network.requestWillBeSent":
            self._requests[told["requestId"]] = told["request"]["url"]
            self.asked.append(told["request"]["url"])
        elif said.get("method") == "Network.loadingFailed" and told.get("blockedReason"):
            self.asked.remove(self._requests[told["requestId"]])

    def go(self, address: str) -> None:
        """Opens an address."""
        self.tell("Page.navigate", url=address)

    def value(self, script: str, seconds: float = 60) -> Any:
        """What a script gives."""
        found = self.tell("Runtime.evaluate", seconds, expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    @property
    def text(self) -> str:
        """What a reader sees."""
        return str(self.value("document.body ? document.body.innerText : ''"))

    def wait(self, script: str, seconds: float = 60) -> Any:
        """Waits until a script gives something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):  # the page is just being exchanged
                if found := self.value(script):
                    return found
            time.sleep(0.3)
        raise AssertionError(f"never: {script}\n{self.text[:2000]}")

    def sees(self, words: str, seconds: float = 60) -> None:
        """Waits until the words stand on the page."""
        self.wait(f"(document.body?.innerText ?? '').includes({json.dumps(words)})", seconds)

    def click(self, words: str) -> None:
        """Clicks what bears exactly these words, as a person does: in its middle."""
        find = (
            "['button, a, [role=menuitem], [role=tab]', '*'].flatMap(kind => [...document.querySelectorAll(kind)])"
            f".filter(e => e.getClientRects().length && (e.innerText || '').trim() === {json.dumps(words)})[0]"
        )
        self._click(find)

    def click_on(self, selector: str) -> None:
        """Clicks the first element of a selector."""
        self._click(f"document.querySelector({json.dumps(selector)})")

    def type(self, selector: str, words: str) -> None:
        """Types into a field."""
        self.wait(f"!!document.querySelector({json.dumps(selector)})")
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")
        self.tell("Input.insertText", text=words)

    def choose(self, words: str) -> None:
        """Chooses these words in the list that has them."""
        option = f"[...document.querySelectorAll('option')].find(o => o.text.trim() === {json.dumps(words)})"
        self.wait(f"!!{option}")
        self.value(
            f"(() => {{ const o = {option}, list = o.parentElement; list.value = o.value;"
            " for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, {bubbles: true})) })()"
        )
        time.sleep(_SETTLED)

    def replace(self, selector: str, words: str) -> None:
        """Types into a field in the place of what it holds."""
        self.wait(f"!!document.querySelector({json.dumps(selector)})")
        self.value(f"(e => {{ e.focus(); e.select() }})(document.querySelector({json.dumps(selector)}))")
        self.tell("Input.insertText", text=words)
        time.sleep(_SETTLED)

    def size(self, width: int, height: int) -> None:
        """How large its window is."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, place: Path, width: int = 1360, height: int = 900) -> Path:
        """A picture of the page as it is now."""
        self.size(width, height)
        time.sleep(_SETTLED)
        taken = self.tell("Page.captureScreenshot", format="png")
        place.write_bytes(base64.b64decode(taken["data"]))
        return place

    def _click(self, find: str) -> None:
        box = self.wait(
            f"(() => {{ const e = {find}; if (!e) return null; e.scrollIntoView({{block: 'center'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.tell("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)


def program() -> str:
    """The browser on the PATH."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found, "make test-browser needs a Chromium on the PATH"
    return found


@contextlib.contextmanager
def browser(home: Path, *arguments: str) -> Iterator[Page]:
    """A browser with one page."""
    command = [program(), *_QUIET, f"--user-data-dir={home}", "--remote-debugging-port=0", *arguments, "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connect(_address(home), max_size=None, ping_interval=None) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        process.wait(20)


def _address(home: Path) -> str:
    """Where its page listens."""
    written = home / "DevToolsActivePort"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError, StopIteration, IndexError):
            port = written.read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=10) as answer:
                pages = json.loads(answer.read())
            return str(next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"))
        time.sleep(0.2)
    raise AssertionError("Chromium did not come up")
