#!/usr/bin/python3
"""libsoup 3 (GNOME's HTTP library), by its introspection, over the cases of ../odd_server.py."""

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup  # noqa: E402
from cases import LIMIT_S, cases, say  # noqa: E402

session = Soup.Session()
session.add_feature_by_type(Soup.WebsocketExtensionManager)


def talk(url, protocols):
    loop = GLib.MainLoop()

    def finish(*words):
        say(*words)
        loop.quit()

    def text(socket, _, data):
        say("text", data.get_data().decode())
        if data.get_data() == b"after":
            socket.close(1000, None)

    def connected(_, result):
        try:
            socket = session.websocket_connect_finish(result)
        except GLib.Error as error:
            finish("error", error.message)
            return
        talk.socket = socket
        socket.connect("message", text)
        socket.connect("error", lambda _, error: say("error", error.message))
        socket.connect("closed", lambda _: finish("close", socket.get_close_code() or 1006,
                                                  socket.get_close_data() or ""))

    message = Soup.Message.new("GET", url)
    session.websocket_connect_async(message, None, protocols or None, GLib.PRIORITY_DEFAULT, None, connected)
    limit = GLib.timeout_add(LIMIT_S * 1000, lambda: finish("timeout"))
    loop.run()
    GLib.source_remove(limit)


for _, url, protocols in cases():
    talk(url, protocols)
