#!/usr/bin/python3
"""python3-aiohttp's client over the cases of ../odd_server.py."""

import aiohttp
from cases import run, say


async def talk(url, protocols):
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url, protocols=protocols, compress=15) as socket:
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    say("text", message.data)
                    if message.data == "after":
                        await socket.close()
                elif message.type == aiohttp.WSMsgType.ERROR:
                    say("error", message.data)
            say("close", socket.close_code)


run(talk)
