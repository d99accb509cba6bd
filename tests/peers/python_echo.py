"""An echo server on python3-websockets, a real third-party endpoint. See README.md for its commands."""

import argparse
import asyncio
import json
import ssl

import websockets
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.legacy.framing import Frame

tells = False


def tell(**line):
    if tells:
        print(json.dumps(line), flush=True)


def tell_message(direction, message):
    tell(message=direction, payload=(message.encode() if isinstance(message, str) else message).hex())


def tell_frame(direction, header, payload):
    tell(frame=direction, header=header.hex(), payload=payload.hex())


def watch_frames():
    """Tells of frames where the library itself writes and reads their bytes."""
    write, read = Frame.write, Frame.read.__func__

    def write_and_tell(self, write_bytes, **options):
        def watched(data):
            header = {126: 4, 127: 10}.get(data[1], 2)
            tell_frame('sent', data[:header], data[header:])
            write_bytes(data)
        write(self, watched, **options)

    async def read_and_tell(cls, reader, **options):
        pieces = []

        async def watched(size):
            pieces.append(await reader(size))
            return pieces[-1]
        frame = await read(cls, watched, **options)
        *header, payload = pieces
        mask = header[-1]
        tell_frame('received', b''.join(header), bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))
        return frame

    Frame.write = write_and_tell
    Frame.read = classmethod(read_and_tell)


async def send(socket, message):
    tell_message('sent', message)
    await socket.send(message)


async def send_fragments(socket, pieces):
    async def with_a_ping():
        for number, piece in enumerate(pieces):
            if number == 1:
                await socket.ping('between')
            yield piece
    tell_message('sent', ''.join(pieces))
    await socket.send(with_a_ping())


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
            await send(socket, str(number))
    elif word == 'fragments':
        await send_fragments(socket, rest.split(' '))
    else:
        return False
    return True


async def echo(socket):
    try:
        async for message in socket:
            tell_message('received', message)
            if isinstance(message, bytes) or not await command(socket, message):
                await send(socket, message)
    except websockets.ConnectionClosed:
        pass
    await socket.wait_closed()
    tell(end=True)


async def main():
    global tells
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--tls', nargs=2, metavar=('CERTIFICATE', 'KEY'))
    parser.add_argument('--tell', action='store_true')
    parser.add_argument('--deflate', type=json.loads)
    options = parser.parse_args()
    tells = options.tell
    if tells:
        watch_frames()
    extensions = [] if options.deflate is None else [ServerPerMessageDeflateFactory(**options.deflate)]
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    server = await websockets.serve(echo, '127.0.0.1', options.port, ssl=context, max_size=None, ping_interval=None,
                                    compression=None, extensions=extensions)
    print('listening', server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Future()


asyncio.run(main())
