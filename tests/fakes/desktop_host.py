"""A small desktop on the session bus: a tray (StatusNotifierItem) and a notification service, driven by the test.

`desktop_host.py '{"tray": true}'` or `'{"notifications": {"can": ["actions"], "number": "u", "answers": "all"}}'`.
Each line on its input is a JSON list `[command, …]`, each line on its output a JSON list `[what, …]`; it ends with its
input.
"""
# ruff: noqa: F722, F821  (annotations are D-Bus signatures here)

import asyncio
import json
import sys

from dbus_fast import Message, MessageType, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
NOTIFICATIONS = "org.freedesktop.Notifications"
RED = (0xB3, 0x26, 0x1E)


def say(*what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Tray(ServiceInterface):
    """The watcher and the host in one."""

    def __init__(self):
        super().__init__(WATCHER)
        self.items = []

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: "s"):
        self.items.append(service)
        say("item", service)

    @dbus_method()
    def RegisterStatusNotifierHost(self, service: "s"):
        pass

    @dbus_property(access=PropertyAccess.READ)
    def RegisteredStatusNotifierItems(self) -> "as":
        return self.items

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> "b":
        return True

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> "i":
        return 0

    @dbus_signal()
    def StatusNotifierHostRegistered(self):
        pass


def notification_service(can, number_type, answers):
    """Make a service; `number_type` "i" is what some get wrong; it `answers` "all", "capabilities" or "nothing" yet."""

    class Notifications(ServiceInterface):
        def __init__(self):
            super().__init__(NOTIFICATIONS)
            self.number, self.act_first = 0, None
            self.may_answer, self.may_show = asyncio.Event(), asyncio.Event()
            if answers != "nothing":
                self.may_answer.set()
            if answers == "all":
                self.may_show.set()

        @dbus_method()
        async def GetCapabilities(self) -> "as":
            await self.may_answer.wait()
            return can

        @dbus_method()
        async def Notify(
            self,
            app: "s",
            replaces: "u",
            icon: "s",
            title: "s",
            body: "s",
            actions: "as",
            hints: "a{sv}",
            timeout: "i",
        ) -> number_type:
            self.number = replaces or self.number + 1
            hints = {name: variant.value for name, variant in hints.items()}
            shown = {"title": title, "body": body, "actions": actions, "hints": hints, "timeout": timeout}
            say("notify", self.number, shown)
            await self.may_show.wait()
            if self.act_first:
                self.ActionInvoked(*self.act_first)
            return self.number

        @dbus_method()
        def CloseNotification(self, number: "u"):
            self.NotificationClosed(number, 3)

        @dbus_signal()
        def ActivationToken(self, number, token) -> "us":
            return [number, token]

        @dbus_signal()
        def ActionInvoked(self, number, key) -> "us":
            return [number, key]

        @dbus_signal()
        def NotificationClosed(self, number, reason) -> "uu":
            return [number, reason]

    return Notifications()


class Host:
    def __init__(self, bus):
        self.bus, self.tray, self.notifications = bus, None, None

    async def offer_tray(self):
        self.tray = Tray()
        self.bus.export("/StatusNotifierWatcher", self.tray)
        await self.bus.request_name(WATCHER)
        self.tray.StatusNotifierHostRegistered()

    async def offer_notifications(self, can=(), number="u", answers="all"):
        self.notifications = notification_service(list(can), number, answers)
        self.bus.export("/org/freedesktop/Notifications", self.notifications)
        await self.bus.request_name(NOTIFICATIONS)

    async def call(self, path, interface, member, signature="", body=(), to=None):
        to = to or self.tray.items[-1]
        message = Message(
            destination=to, path=path, interface=interface, member=member, signature=signature, body=list(body)
        )
        reply = await self.bus.call(message)
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        return reply.body

    async def properties(self):
        (found,) = await self.call("/StatusNotifierItem", "org.freedesktop.DBus.Properties", "GetAll", "s", [ITEM])
        return {name: variant.value for name, variant in found.items()}

    async def layout(self):
        self.menu_path = (await self.properties())["Menu"]
        _, (_, _, lines) = await self.call(self.menu_path, "com.canonical.dbusmenu", "GetLayout", "iias", [0, -1, []])
        lines = [(line.value[0], {name: value.value for name, value in line.value[1].items()}) for line in lines]
        return [(number, line) for number, line in lines if line.get("visible", True)]

    # The commands.

    async def item(self):
        found = await self.properties()
        pixmaps = {f"{width}": red_pixels(data) for width, height, data in found["IconPixmap"]}
        say("item is", {"id": found["Id"], "tooltip": found["ToolTip"][2:], "red": pixmaps})

    async def menu(self):
        lines = await self.layout()
        say("menu is", ["-" if line.get("type") == "separator" else line["label"] for _, line in lines])

    async def click(self, label):
        (number,) = [number for number, line in await self.layout() if line.get("label") == label]
        await self.call(
            self.menu_path, "com.canonical.dbusmenu", "Event", "isvu", [number, "clicked", Variant("i", 0), 0]
        )

    async def activate(self):
        for service in self.tray.items[-1:]:
            await self.bus.send(Message(service, "/StatusNotifierItem", ITEM, "Activate", signature="ii", body=[0, 0]))

    async def act(self, number, key):
        self.notifications.ActivationToken(number, "token-of-the-click")
        self.notifications.ActionInvoked(number, key)
        self.notifications.NotificationClosed(number, 2)

    async def act_before_the_next_answer(self, number, key):
        self.notifications.act_first = number, key
        say("will act")

    async def pretend(self, number, key):
        """Send the signal of the notification service as somebody else."""
        other = await MessageBus().connect()
        await other.send(
            Message.new_signal("/org/freedesktop/Notifications", NOTIFICATIONS, "ActionInvoked", "us", [number, key])
        )

    async def answer(self):
        self.notifications.may_answer.set()
        self.notifications.may_show.set()


def red_pixels(argb):
    pixels = zip(argb[1::4], argb[2::4], argb[3::4], strict=True)
    return sum(all(abs(a - b) < 40 for a, b in zip(pixel, RED, strict=True)) for pixel in pixels)


async def main():
    offers = json.loads(sys.argv[1])
    host = Host(await MessageBus().connect())
    if offers.get("tray"):
        await host.offer_tray()
    if "notifications" in offers:
        await host.offer_notifications(**offers["notifications"])
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    say("ready")
    async for line in lines:
        command, *arguments = json.loads(line)
        await getattr(host, command)(*arguments)


if __name__ == "__main__":
    asyncio.run(main())
