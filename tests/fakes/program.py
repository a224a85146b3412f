"""Another program under test, run for real; what it says is collected line by line, without blocking."""

import os
import sys

from PySide6.QtCore import QProcess, QProcessEnvironment


class Program:
    """A running program; `lines` grows as it speaks. Wait with `qtbot.waitUntil`."""

    def __init__(self, command, env=None):
        self.lines, self.complaints, self._rest = [], "", ""
        self._process = QProcess()
        surroundings = QProcessEnvironment.systemEnvironment()
        for name, value in (env or {}).items():
            surroundings.insert(name, value)
        self._process.setProcessEnvironment(surroundings)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_complaint)
        self._process.start(str(command[0]), [str(one) for one in command[1:]])
        assert self._process.waitForStarted(5000), self._process.errorString()

    @property
    def pid(self):
        return self._process.processId()

    @property
    def running(self):
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def code(self):
        return self._process.exitCode()

    def tell(self, line):
        self._process.write(line.encode() + b"\n")

    def signal(self, number):
        os.kill(self.pid, number)

    def stop(self):
        """End it for good, whatever state it is in."""
        self._process.kill()
        self._process.waitForFinished(5000)

    def _on_output(self):
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data()).decode()).split("\n")
        self.lines += lines

    def _on_complaint(self):
        self.complaints += bytes(self._process.readAllStandardError().data()).decode(errors="replace")


def python(script, *arguments):
    """The command that runs one of the programs beside this file."""
    return [sys.executable, "-u", os.path.join(os.path.dirname(__file__), script), *arguments]
