"""The description of the REST interface, taken at its word by Schemathesis: whatever it allows is sent, and whatever comes back must be in it."""

import json
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.request

from chinwag_server import ROOT, Server

SCHEMATHESIS = pathlib.Path(sys.executable).with_name("st")


class Description(unittest.TestCase):
    def setUp(self):
        # What is tried is far more than a person does.
        self.server = Server("--rate-limit", "off")
        self.addCleanup(self.server.stop)

    def call(self, method, path, token=None, body=None):
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.server.url + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def test_the_script_of_the_document_posts_once(self):
        document = (ROOT / "docs/rest-api.md").read_text()
        script = re.search("```sh\n(.*?)```", document, re.DOTALL)[1]
        here = script.replace("http://localhost:3000", self.server.url)
        last = here.strip().splitlines()[-2:]
        answers = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join([here, "echo", *last])], capture_output=True, text=True, timeout=60
        )
        first, second = [json.loads(line) for line in answers.stdout.replace("}{", "}\n{").splitlines()[-2:]]
        self.assertEqual(first, second, answers.stdout + answers.stderr)
        self.assertIn("seq", first)

    def test_every_route_is_in_the_document(self):
        document = (ROOT / "docs/rest-api.md").read_text()
        for path in self.call("GET", "/api/openapi.json")["paths"]:
            self.assertIn(path, document)

    def test_the_server_does_what_its_description_says(self):
        robot = {"name": "Robot", "password": "made of tin and wire", "for": "script"}
        token = self.call("POST", "/api/accounts", body=robot)["token"]
        for room in self.call("GET", "/api/rooms", token)["rooms"]:
            self.call("PUT", f"/api/rooms/{room['room']}/membership", token)
        run = subprocess.run(
            [
                *[SCHEMATHESIS, "run", f"{self.server.url}/api/openapi.json"],
                *["-H", f"Authorization: Bearer {token}"],
                # These would end what is tried.
                *["--exclude-operation-id", "signOut", "--exclude-operation-id", "deleteMe"],
                # It cannot write the media type that tus has for parts.
                *["--exclude-operation-id", "continueUpload"],
                # Rules of names and titles that no schema can say.
                *["--exclude-checks", "positive_data_acceptance"],
                *["--max-examples", "30", "--generation-deterministic"],
                "--no-color",
            ],
            cwd=self.server.folder,
            capture_output=True,
            text=True,
            timeout=400,
        )
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("Fuzzing", run.stdout)


if __name__ == "__main__":
    unittest.main()
