"""A Chinwag of its own for a test, on a free port and with an empty database."""

import os
import pathlib
import re
import subprocess
import tempfile
import threading

ROOT = pathlib.Path(__file__).parents[2]
BINARY = os.environ.get("CHINWAG_BIN", str(ROOT / "target/debug/chinwag"))


class Server:
    def __init__(self, *options, environment=None):
        self._data = tempfile.TemporaryDirectory(prefix="chinwag-interop-")
        self.folder = self._data.name
        fixed = ["serve", "--bind", "127.0.0.1", "--port", "0", "--data", self._data.name]
        self._process = subprocess.Popen(
            [BINARY, *fixed, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | (environment or {}),
        )
        for line in self._process.stdout:
            found = re.search(r"http://([^\s:]+:\d+)", line)
            if found:
                self.url, self.ws_url = f"http://{found[1]}", f"ws://{found[1]}"
                # A pipe that nobody empties would stop a talkative server.
                threading.Thread(target=self._process.stdout.read, daemon=True).start()
                return
        raise RuntimeError(f"{BINARY} ended before it was ready.")

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=20)
        self._process.stdout.close()
        self._data.cleanup()
