"""An echo server on python3-websockets, a real third-party endpoint. See README.md for its commands."""

import argparse
import asyncio
import ssl

import websockets


async def command(socket, text):
    """Does what the text asks for; False if it is no command."""
    word, _, rest = text.partition(' ')
    if word == 'close':
        code, _, reason = rest.partition(' ')
        await socket.close(int(code or 1000), reason)
    elif word == 'drop':
        socket.transport.abort()
    elif word == 'ping':
        await socket.ping(rest)
    elif word == 'count':
        for number in range(int(rest)):
            await socket.send(str(number))
    else:
        return False
    return True


async def echo(socket):
    try:
        async for message in socket:
            if isinstance(message, bytes) or not await command(socket, message):
                await socket.send(message)
    except websockets.ConnectionClosed:
        pass


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--tls', nargs=2, metavar=('CERTIFICATE', 'KEY'))
    options = parser.parse_args()
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    server = await websockets.serve(echo, '127.0.0.1', options.port, ssl=context, max_size=None, ping_interval=None)
    print('listening', server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Future()


asyncio.run(main())
