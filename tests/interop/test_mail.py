"""Mail, taken by aiosmtpd: invitations, and another password for whoever lost the one before."""

import asyncio
import email
import email.policy
import json
import logging
import pathlib
import queue
import re
import ssl
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request

from aiosmtpd.smtp import SMTP, AuthResult

from chinwag_server import Server

PASSWORD = "made of tin and wire"
ANOTHER = "made of wood and rope"
TIMEOUT = 20
# What it says of clients that hang up is meant for those who run it.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


class Postbox:
    """A server for mail that keeps what it is brought."""

    def __init__(self, security="none", tls=None, password=None, refuses=False):
        self.mails, self.refuses = queue.Queue(), refuses

        def authenticate(_server, _session, _envelope, _mechanism, data):
            is_right = (data.login, data.password) == (b"chat", (password or "").encode())
            return AuthResult(success=is_right)

        options = {"authenticator": authenticate, "auth_required": True} if password else {}
        if security == "starttls":
            options |= {"tls_context": tls, "require_starttls": True}
        self.loop = asyncio.new_event_loop()

        def receiver():
            return SMTP(self, hostname="localhost", loop=self.loop, auth_require_tls=security == "starttls", **options)

        listening = self.loop.create_server(receiver, "127.0.0.1", 0, ssl=tls if security == "tls" else None)
        self.server = self.loop.run_until_complete(listening)
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuses:
            return "451 Try later"
        self.mails.put((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 OK"

    def next(self):
        return self.mails.get(timeout=TIMEOUT)

    def stop(self):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=TIMEOUT)
        self.loop.close()


class Mail(unittest.TestCase):
    def postbox(self, *options, environment=None, **how):
        """A Chinwag that sends mail to a postbox of its own."""
        postbox = Postbox(**how)
        self.addCleanup(postbox.stop)
        security = how.get("security", "none")
        self.server = Server(
            *["--mail-host", "localhost", "--mail-port", str(postbox.port)],
            *["--mail-from", "Chat <chat@example.org>", "--public-url", "https://chat.example.org"],
            *(options if "--mail-security" in options else ["--mail-security", security, *options]),
            environment=environment,
        )
        self.addCleanup(self.server.stop)
        return postbox

    def call(self, method, path, token=None, body=None, language="en"):
        headers = {"Content-Type": "application/json", "Accept-Language": language, "Host": "chat.example.org"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        body = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.server.url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def member(self, name, **more):
        body = {"name": name, "password": PASSWORD, "for": "script", **more}
        status, answer = self.call("POST", "/api/accounts", body=body)
        self.assertEqual(status, 201, answer)
        return answer["token"]

    def code(self, mail, kind):
        return re.search(rf"https://chat\.example\.org/#{kind}=(\S+)", mail.get_content())[1]

    def reset(self, code, password=ANOTHER):
        return self.call("PUT", "/api/password-reset", body={"code": code, "password": password, "for": "script"})

    def ask(self, address, **more):
        return self.call("POST", "/api/password-reset", body={"email": address}, **more)

    def test_whoever_lost_the_password_sets_another_one(self):
        postbox = self.postbox()
        self.assertTrue(self.call("GET", "/api/access")[1]["mail"])
        before = self.member("Alex", email="alex@example.org")
        # The answer does not say who has an account.
        answers = [self.ask(address) for address in ("nobody@example.org", "Alex@Example.org")]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], (202, None))
        to, mail = postbox.next()
        # To the mailbox of the account, and not to one that only looks like it.
        self.assertEqual((to, mail["From"], mail["Subject"]), (["alex@example.org"], "Chat <chat@example.org>", "Set a new password"))
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIn("Hello Alex,", mail.get_content())
        code = self.code(mail, "reset")
        self.assertEqual(self.reset(code, "password")[1]["code"], "password_refused")
        self.assertEqual(self.reset("guessed")[1]["code"], "unauthorized")
        status, answer = self.reset(code)
        self.assertEqual((status, answer["user"]["name"]), (201, "Alex"))
        # Everything that was begun before has ended, and the code is good no more.
        self.assertEqual(self.call("GET", "/api/me", before)[0], 401)
        self.assertEqual(self.call("GET", "/api/me", answer["token"])[0], 200)
        self.assertEqual(self.reset(code)[0], 401)
        old, new = ({"name": "Alex", "password": password} for password in (PASSWORD, ANOTHER))
        self.assertEqual(self.call("POST", "/api/session", body=old)[0], 401)
        self.assertEqual(self.call("POST", "/api/session", body=new)[0], 201)
        self.assertTrue(postbox.mails.empty(), "nobody else was written to")

    def test_no_more_than_a_few_are_sent_and_in_the_language_of_the_browser(self):
        postbox = self.postbox("--sign-ins-per-10-min", "9")
        self.member("Jörg", email="joerg@example.org")
        for _ in range(5):
            self.assertEqual(self.ask("joerg@example.org", language="de-AT,de;q=0.9")[0], 202)
        for _ in range(3):
            _, mail = postbox.next()
            self.assertEqual(mail["Subject"], "Neues Passwort setzen")
            self.assertIn("Hallo Jörg,", mail.get_content())
        statuses = [self.ask("joerg@example.org")[0] for _ in range(6)]
        self.assertEqual(statuses[-1], 429, statuses)
        self.assertTrue(postbox.mails.empty(), "three are good still")

    def test_another_address_takes_the_password_and_takes_links_back(self):
        postbox = self.postbox()
        token = self.member("Alex", email="alex@example.org")
        self.ask("alex@example.org")
        code = self.code(postbox.next()[1], "reset")
        change = {"email": "new@example.org"}
        self.assertEqual(self.call("PATCH", "/api/me", token, change)[0], 401)
        self.assertEqual(self.call("PATCH", "/api/me", token, change | {"password": PASSWORD})[0], 200)
        self.assertEqual(self.reset(code)[0], 401)
        self.ask("new@example.org")
        to, mail = postbox.next()
        self.assertEqual(to, ["new@example.org"])
        self.assertEqual(self.reset(self.code(mail, "reset"))[0], 201)

    def test_an_invitation_is_sent(self):
        postbox = self.postbox()
        token = self.member("Alex")
        wish = {"uses": 1, "email": "sam@example.org"}
        status, invite = self.call("POST", "/api/invites", token, wish)
        self.assertEqual(status, 201)
        to, mail = postbox.next()
        self.assertEqual((to, mail["Subject"]), (["sam@example.org"], "Alex invites you to a chat"))
        self.assertEqual(self.code(mail, "invite"), invite["token"])
        wrong = self.call("POST", "/api/invites", token, {"email": "sam@example.org\nBcc: eve@example.org"})
        self.assertEqual(wrong[1]["code"], "email_invalid")

    def test_what_is_not_taken_is_told_and_leaves_no_invitation(self):
        self.postbox(refuses=True)
        token = self.member("Alex")
        answer = self.call("POST", "/api/invites", token, {"email": "sam@example.org"})
        self.assertEqual((answer[0], answer[1]["code"], answer[1]["retryable"]), (503, "mail_failed", True))
        self.assertEqual(self.call("GET", "/api/invites", token)[1], {"invites": []})

    def certificate(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
            + ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]
            + ["-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        return context, {"SSL_CERT_FILE": str(certificate)}

    def test_a_password_goes_by_tls_from_the_beginning_or_after_a_greeting(self):
        context, trusted = self.certificate()
        for security in ("tls", "starttls"):
            with self.subTest(security=security):
                signs_in = ["--mail-user", "chat", "--mail-password", "s3cret"]
                postbox = self.postbox(*signs_in, security=security, tls=context, password="s3cret", environment=trusted)
                token = self.member("Alex")
                status, answer = self.call("POST", "/api/invites", token, {"email": "sam@example.org"})
                self.assertEqual(status, 201, answer)
                self.assertEqual(postbox.next()[0], ["sam@example.org"])

    def test_a_server_for_mail_that_nobody_vouches_for_is_told_nothing(self):
        context, _ = self.certificate()
        for security in ("tls", "starttls"):
            with self.subTest(security=security):
                postbox = self.postbox(security=security, tls=context)
                answer = self.call("POST", "/api/invites", self.member("Alex"), {"email": "sam@example.org"})
                self.assertEqual((answer[0], answer[1]["code"]), (503, "mail_failed"))
                self.assertTrue(postbox.mails.empty())

    def test_without_tls_nothing_is_said_where_it_is_wanted(self):
        postbox = self.postbox("--mail-security", "starttls", security="none")
        answer = self.call("POST", "/api/invites", self.member("Alex"), {"email": "sam@example.org"})
        self.assertEqual(answer[1]["code"], "mail_failed")
        self.assertTrue(postbox.mails.empty())


if __name__ == "__main__":
    unittest.main()
