# SPDX-License-Identifier: GPL-2.0-or-later
"""A shell on a terminal of its own, into which keys are typed."""
import os
import pty
import select
import signal
import time


class Terminal:
    """Runs `command`; `environment` is all that it inherits."""

    def __init__(self, command, folder, environment):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)
        self.shown = ""

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def wait_for(self, text, seconds=20):
        """What has been shown since the last time, once `text` is in it."""
        deadline = time.monotonic() + seconds
        while text not in self.shown:
            left = deadline - time.monotonic()
            ready = left > 0 and select.select([self.fd], [], [], left)[0]
            try:
                more = os.read(self.fd, 65536) if ready else b""
            except OSError:  # the shell has ended
                more = b""
            if not more:
                raise TimeoutError(f"{text!r} did not come; shown: {self.shown!r}")
            self.shown += more.decode(errors="replace")
        shown, self.shown = self.shown, ""
        return shown

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
