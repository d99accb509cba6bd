#!/usr/bin/python3
"""python3-tornado's client over the cases of ../odd_server.py."""

import logging

import tornado.websocket
from cases import run, say


class Words(logging.Handler):
    """What the library says, and says nowhere else."""

    def emit(self, record):
        say("words", record.getMessage())


logging.getLogger("tornado").addHandler(Words())
logging.getLogger("tornado").propagate = False


async def talk(url, protocols):
    socket = await tornado.websocket.websocket_connect(url, subprotocols=protocols, compression_options={})
    while (text := await socket.read_message()) is not None:
        say("text", text)
        if text == "after":
            socket.close(1000)
    say("close", socket.close_code or 1005, socket.close_reason or "")


run(talk)
