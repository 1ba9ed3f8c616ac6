"""Shared files in a bucket: a server of S3 beside Chinwag, which is moto."""

import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from chinwag_server import BINARY, Server

BUCKET = "shared"
SECRETS = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "a-secret", "AWS_REGION": "eu-central-1"}
PATIENCE = 20


class Store:
    """A server of S3 on a free port, with one bucket."""

    def __init__(self):
        program = pathlib.Path(sys.executable).with_name("moto_server")
        self._process = subprocess.Popen(
            [program, "-H", "127.0.0.1", "-p", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for line in self._process.stderr:
            found = re.search(r"Running on (http://[^\s]+)", line)
            if found:
                self.url = found[1]
                break
        else:
            raise RuntimeError("moto_server ended before it was ready.")
        # A pipe that nobody empties would stop a talkative server.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()
        self.environment = SECRETS | {"AWS_ENDPOINT_URL": self.url, "AWS_ALLOW_HTTP": "true"}

    def create(self, bucket):
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/{bucket}", method="PUT"), timeout=PATIENCE).close()

    def keys(self):
        with urllib.request.urlopen(f"{self.url}/{BUCKET}?list-type=2", timeout=PATIENCE) as answer:
            return re.findall("<Key>(.*?)</Key>", answer.read().decode())

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
        self._process.stderr.close()


class Bucket(unittest.TestCase):
    def setUp(self):
        self.store = Store()
        self.addCleanup(self.store.stop)
        self.store.create(BUCKET)
        self.server = Server("--files-bucket", BUCKET, "--file-bytes", str(64 << 20), environment=self.store.environment)
        self.addCleanup(self.server.stop)
        session = self.ask("POST", "/api/session", {"name": "Alex", "for": "script"})
        self.token = session["token"]
        self.room = self.ask("GET", "/api/rooms")["rooms"][0]["room"]
        self.ask("PUT", f"/api/rooms/{self.room}/membership")

    def ask(self, method, path, body=None):
        with self.call(method, path, None if body is None else json.dumps(body).encode()) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.server.url + path, body, headers, method=method)
        return urllib.request.urlopen(request, timeout=PATIENCE)

    def share(self, name, content):
        path = f"/api/files?room={self.room}&name={urllib.parse.quote(name)}"
        with self.call("POST", path, content) as answer:
            return json.load(answer)

    def read(self, file):
        with self.call("GET", f"/files/{file['id']}/{file['name']}") as answer:
            return answer.read()

    def test_files_lie_in_the_bucket_and_go_with_their_message(self):
        # One request of S3, and a file in several parts.
        for content in [b"a short text", os.urandom((11 << 20) + 7)]:
            file = self.share("figures.bin", content)
            self.assertEqual(self.read(file), content)
            self.assertEqual(len(self.store.keys()), 1)
            self.assertEqual(len(list(pathlib.Path(self.server.folder).glob("files/incoming/*"))), 0)
            message = {"text": "", "attachments": [file["id"]]}
            seq = self.ask("POST", f"/api/rooms/{self.room}/messages", message)["seq"]
            self.assertEqual(self.read(file), content)
            self.ask("DELETE", f"/api/rooms/{self.room}/messages/{seq}")
            until = time.monotonic() + PATIENCE
            while self.store.keys() and time.monotonic() < until:
                pass
            self.assertEqual(self.store.keys(), [])
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.read(file)
            self.assertEqual(refused.exception.code, 404)
            refused.exception.close()

    def test_a_server_whose_bucket_is_not_there_says_so_and_does_not_start(self):
        started = subprocess.run(
            [BINARY, "serve", "--bind", "127.0.0.1", "--port", "0", "--data", f"{self.server.folder}/other", "--files-bucket", "missing"],
            env=os.environ | self.store.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertNotEqual(started.returncode, 0)
        self.assertIn("see to it that it is there", started.stderr)


if __name__ == "__main__":
    unittest.main()
