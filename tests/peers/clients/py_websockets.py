#!/usr/bin/python3
"""python3-websockets over the cases of ../odd_server.py."""

import websockets
from cases import run, say


async def talk(url, protocols):
    async with websockets.connect(url, subprotocols=protocols or None, open_timeout=None) as socket:
        try:
            while True:
                text = await socket.recv()
                say("text", text)
                if text == "after":
                    await socket.close()
        except websockets.ConnectionClosed:
            say("close", socket.close_code, socket.close_reason)


run(talk)
