#!/usr/bin/env python3
"""A client on python3-websockets that puts an echo server to the test: python_client.py URL. See README.md."""

import asyncio
import sys

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import OP_CONT, OP_TEXT

URL = sys.argv[1]


def connect(**options):
    return websockets.connect(URL, max_size=None, ping_interval=None, open_timeout=30, close_timeout=30, **options)


async def echoes(socket, message):
    await socket.send(message)
    came = await socket.recv()
    assert came == message, f'another message came: {len(came)} {type(came)}'


async def large():
    for extensions in ([], [ClientPerMessageDeflateFactory()], [ClientPerMessageDeflateFactory(
            server_no_context_takeover=True, client_no_context_takeover=True, server_max_window_bits=10,
            client_max_window_bits=11)]):
        async with connect(compression=None, extensions=extensions) as socket:
            assert len(socket.extensions) == len(extensions), socket.extensions
            await echoes(socket, '\u20ac\u00e4x\U0001f41f' * 419430)
            await echoes(socket, b'binary' * 699051)
            # What is iterated over is sent in fragments.
            await socket.send(['a', '\u20ac', 'b'])
            assert await socket.recv() == 'a\u20acb'


async def split_character():
    async with connect(compression=None) as socket:
        fish = '\ufeff\U0001f41f'.encode()
        for i, byte in enumerate(fish):
            await socket.write_frame(i == len(fish) - 1, OP_CONT if i else OP_TEXT, bytes([byte]))
            await socket.ping(str(i))
        came = await socket.recv()
        assert came == fish.decode(), came


async def ping():
    async with connect() as socket:
        await asyncio.wait_for(await socket.ping('are you there?'), 30)


async def subprotocol():
    async with connect(subprotocols=['one', 'two']) as socket:
        assert socket.subprotocol == 'one', socket.subprotocol


async def close_codes():
    codes = []
    for code in [*range(999, 1016), 2999, 3000, 3999, 4000, 4999, 5000]:
        socket = await connect()
        try:
            await socket.close(code, 'Gr\u00fcnde')
        except Exception:  # Its API sends no such code.
            socket.transport.abort()
            continue
        came = socket.close_rcvd
        assert came and (came.code, came.reason) == (code, 'Gr\u00fcnde'), f'{code} was answered with {came}'
        codes.append(code)
    print('close codes', *codes)


async def main():
    for step in (large, split_character, ping, subprotocol, close_codes):
        await asyncio.wait_for(step(), 60)
    print('done')


try:
    asyncio.run(main())
except Exception as error:  # pylint: disable=broad-except
    print('failed:', repr(error))
    sys.exit(1)
