# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests of proxies share: a quipu-searchd behind one, as a browser sees it."""
import shutil
import socket
import subprocess
import time

NAME = "search.example.org"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def run(*words, folder):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=True)


def replaced(text, pairs, file):
    """`text` with each `before` replaced, all of which must be there."""
    for before, after in pairs:
        if before not in text:
            raise SystemExit(f"{file} has no `{before.strip()}`")
        text = text.replace(before, after)
    return text


def wait_for(port, log):
    """Until somebody listens on `port`; else ends the test with what is in `log`."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the proxy did not start: " + (log.read_text(encoding="utf-8") if log.exists() else ""))


def curl_speaks_http2():
    return shutil.which("curl") is not None and "HTTP2" in subprocess.run(
        ["curl", "--version"], capture_output=True, text=True, check=False).stdout


class Site:
    """The site as NAME on `port`, whose certificate `chain` vouches for."""

    def __init__(self, folder, port, chain):
        self.folder, self.port, self.chain = folder, port, chain
        self.faults = []

    def get(self, target, *headers, more=()):
        """Version, status and header fields; the body is in the file `body`."""
        words = ["curl", "-sS", "--http2", "--cacert", self.chain, "--resolve", f"{NAME}:{self.port}:127.0.0.1", "-D", "-", "-o", "body", *more]
        for header in headers:
            words += ["-H", header]
        lines = run(*words, f"https://{NAME}:{self.port}{target}", folder=self.folder).stdout.splitlines()
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return lines[0].split()[0], int(lines[0].split()[1]), fields

    def body(self):
        return (self.folder / "body").read_text(encoding="utf-8")

    def expect(self, what, found, wanted):
        if found != wanted:
            self.faults.append(f"{what}: {found}, not {wanted}")
