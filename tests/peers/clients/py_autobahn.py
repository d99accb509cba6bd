#!/usr/bin/python3
"""python3-autobahn's client (on asyncio) over the cases of ../odd_server.py."""

import asyncio
import urllib.parse

from autobahn.asyncio.websocket import WebSocketClientFactory, WebSocketClientProtocol
from autobahn.websocket.compress import PerMessageDeflateOffer, PerMessageDeflateResponse
from autobahn.websocket.compress import PerMessageDeflateResponseAccept
from cases import run, say


class Client(WebSocketClientProtocol):
    def onMessage(self, payload, isBinary):
        say("text", payload.decode())
        if payload == b"after":
            self.sendClose(1000)

    def onClose(self, wasClean, code, reason):
        # A connection that was given up at the limit comes to its end later, in the time of another case.
        if not self.ended.done():
            say("close" if wasClean else "error", code, reason or "")
            self.ended.set_result(None)


def accept(response):
    return PerMessageDeflateResponseAccept(response) if isinstance(response, PerMessageDeflateResponse) else None


async def talk(url, protocols):
    loop = asyncio.get_running_loop()
    factory = WebSocketClientFactory(url, protocols=protocols, loop=loop)
    factory.protocol = Client
    factory.setProtocolOptions(perMessageCompressionOffers=[PerMessageDeflateOffer()],
                               perMessageCompressionAccept=accept)
    address = urllib.parse.urlsplit(url)
    _, client = await loop.create_connection(factory, address.hostname, address.port)
    client.ended = loop.create_future()
    await client.ended


run(talk)
