"""The simple protocol, spoken with the `websockets` package of Python."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

from websockets.sync.client import connect

from chinwag_server import ROOT, Server

TIMEOUT = 20


class SimpleProtocol(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.stop)

    def connect(self, path="/"):
        return self.enterContext(connect(self.server.ws_url + path))

    def frame(self, client, kind):
        """The next frame of a type; those before it are passed over."""
        while True:
            frame = json.loads(client.recv(timeout=TIMEOUT))
            if frame["type"] == kind:
                return frame

    def join(self, name, room="general"):
        client = self.connect()
        client.send(json.dumps({"type": "join", "username": name, "room": room}))
        return client, self.frame(client, "joined")

    def test_a_room_client_meets_the_others(self):
        alex, alex_joined = self.join("Alex")
        sam, sam_joined = self.join("Sam")
        self.assertEqual([user["username"] for user in sam_joined["users"]], ["Alex", "Sam"])
        self.assertEqual(self.frame(alex, "user_joined")["userId"], sam_joined["clientId"])
        alex.send(json.dumps({"type": "message", "text": "hi"}))
        message = self.frame(sam, "message")
        self.assertEqual((message["text"], message["userId"]), ("hi", alex_joined["clientId"]))
        self.assertEqual(self.frame(alex, "message"), message)
        alex.close()
        self.assertEqual(self.frame(sam, "user_left")["username"], "Alex")

    def test_a_chat_client_is_told_the_room_and_the_author(self):
        client = self.connect("/simple")
        client.send(json.dumps({"type": "chat", "room": "tech", "message": "Hello"}))
        chat = self.frame(client, "chat")
        self.assertEqual((chat["room"], chat["message"]), ("tech", "Hello"))
        self.assertEqual(chat["name"], f"Guest {chat['userId']}")

    def test_bare_text_comes_back_exactly(self):
        listener, writer = self.connect(), self.connect()
        for text in ["hello", "  spaces  ", "[1, 2]", "ünïcödé 😀"]:
            writer.send(text)
            self.assertEqual(writer.recv(timeout=TIMEOUT), text)
            self.assertEqual(listener.recv(timeout=TIMEOUT), text)

    def test_the_script_of_the_document_reports_and_waits(self):
        document = (ROOT / "docs/simple-protocol.md").read_text()
        script = document.split("\n```python\n")[1].split("\n```\n")[0]
        folder = self.enterContext(tempfile.TemporaryDirectory())
        file = pathlib.Path(folder, "report.py")
        file.write_text(script)
        person = self.connect("/?room=builds&prefix=name")
        with subprocess.Popen([sys.executable, file, self.server.ws_url]) as process:
            self.assertEqual(person.recv(timeout=TIMEOUT), "Build bot: The build is done. Shall I deploy?")
            person.send("no")
            person.send("yes")
            for expected in ["no", "yes"]:
                self.assertRegex(person.recv(timeout=TIMEOUT), rf"Guest \d+: {expected}")
            self.assertEqual(person.recv(timeout=TIMEOUT), "Build bot: Deploying.")
            self.assertEqual(process.wait(timeout=TIMEOUT), 0)


if __name__ == "__main__":
    unittest.main()
