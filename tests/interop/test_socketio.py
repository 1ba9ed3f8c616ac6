"""Socket.IO, spoken with the `python-socketio` package."""

import unittest

import socketio

from chinwag_server import Server

TIMEOUT = 20
WAYS = (["polling"], ["websocket"], ["polling", "websocket"])


class SocketIo(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.stop)

    def connect(self, transports):
        client = socketio.SimpleClient()
        client.connect(self.server.url, transports=transports)
        self.addCleanup(client.disconnect)
        return client

    def event(self, client, name, fits=lambda argument: True):
        """The argument of the next event like this; those before it are passed over."""
        while True:
            kind, *arguments = client.receive(timeout=TIMEOUT)
            if kind == name and fits(*arguments):
                return arguments[0]

    def test_a_room(self):
        for transports in WAYS:
            with self.subTest(transports=transports):
                alex, sam = self.connect(transports), self.connect(transports)
                alex.emit("join", {"username": "Alex", "room": "tech"})
                self.event(alex, "message-history")
                sam.emit("join", {"username": "Sam", "room": "tech"})
                self.event(sam, "room-users", lambda names: names == ["Alex", "Sam"])
                acked = alex.call("send-message", "hi", timeout=TIMEOUT)
                self.assertTrue(acked["ok"])
                message = self.event(sam, "new-message")
                self.assertEqual((message["text"], message["id"]), ("hi", f"tech:{acked['seq']}"))
                self.event(alex, "system-message", lambda line: line["text"] == "Sam joined #tech")
                sam.disconnect()
                self.event(alex, "system-message", lambda line: line["text"] == "Sam left #tech")
                alex.disconnect()

    def test_the_lobby(self):
        for transports in WAYS:
            with self.subTest(transports=transports):
                client = self.connect(transports)
                welcome = self.event(client, "server_event")
                self.assertEqual(welcome["type"], "welcome")
                client.emit("chat_message", {"text": "hi"})
                message = self.event(client, "server_event", lambda event: event["type"] == "chat_message")
                self.assertEqual((message["text"], message["client"]), ("hi", welcome["client"]))
                client.disconnect()

    def test_other_namespaces_are_refused(self):
        client = socketio.Client(reconnection=False)
        with self.assertRaises(socketio.exceptions.ConnectionError):
            client.connect(self.server.url, namespaces=["/admin"], wait_timeout=TIMEOUT)


if __name__ == "__main__":
    unittest.main()
