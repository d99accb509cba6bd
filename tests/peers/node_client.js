// A client on Node's ws that puts an echo server to the test: node_client.js URL. See README.md.
'use strict';

const WebSocket = require('ws');

const url = process.argv[2];
const Patience = 30000;

const opened = (protocols = [], options = {}) => new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { maxPayload: 0, handshakeTimeout: Patience, ...options });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
});
const next = (socket, event) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} came`)), Patience);
    const onClose = (code, reason) => reject(new Error(`closed with ${code} ${reason}`));
    if (event !== 'close')
        socket.once('close', onClose);
    socket.once(event, (...values) => {
        clearTimeout(timer);
        socket.off('close', onClose);
        resolve(values);
    });
});
const expect = (holds, what) => {
    if (!holds)
        throw new Error(what);
};
const closed = async (socket) => {
    socket.close();
    await next(socket, 'close');
};
const echoes = async (socket, data, binary) => {
    const echo = next(socket, 'message');
    socket.send(data, { binary });
    const [came, isBinary] = await echo;
    expect(Buffer.compare(came, data) === 0 && isBinary === binary, `another message came: ${came.length} bytes`);
};

const steps = {
    '4 MiB': async (deflate) => {
        const socket = await opened([], { perMessageDeflate: deflate });
        expect(socket.extensions.startsWith('permessage-deflate') === Boolean(deflate), socket.extensions);
        await echoes(socket, Buffer.from('€äx\u{1F41F}'.repeat(419430)), false);
        await echoes(socket, Buffer.alloc(4 * 1024 * 1024, 'binary'), true);
        await closed(socket);
    },
    'split character': async () => {
        const socket = await opened();
        const fish = Buffer.from('\ufeff\u{1F41F}');
        const echo = next(socket, 'message');
        fish.forEach((byte, i) => {
            socket.send(Buffer.of(byte), { binary: false, fin: i === fish.length - 1 });
            socket.ping(`between ${i}`);
        });
        const [came, isBinary] = await echo;
        expect(Buffer.compare(came, fish) === 0 && !isBinary, `another message came: ${came.toString('hex')}`);
        await closed(socket);
    },
    'ping': async () => {
        const socket = await opened();
        const pong = next(socket, 'pong');
        socket.ping('are you there?');
        expect((await pong)[0].toString() === 'are you there?', 'another pong came');
        await closed(socket);
    },
    'subprotocol': async () => {
        const socket = await opened(['one', 'two']);
        expect(socket.protocol === 'one', `chosen: ${socket.protocol}`);
        await closed(socket);
    },
    'close codes': async () => {
        const codes = [];
        for (const code of [...Array(17).keys()].map((n) => 999 + n).concat(2999, 3000, 3999, 4000, 4999, 5000)) {
            const socket = await opened();
            const end = next(socket, 'close');
            try {
                socket.close(code, 'Gründe');
            } catch (refused) {
                // Its API sends no such code.
                socket.terminate();
                continue;
            }
            const [came, reason] = await end;
            expect(came === code && reason.toString() === 'Gründe', `${code} was answered with ${came} ${reason}`);
            codes.push(code);
        }
        return codes.join(' ');
    },
    'no close code': async () => {
        const socket = await opened();
        socket.close();
        const [code] = await next(socket, 'close');
        expect(code === 1005, `answered with ${code}`);
    },
};

(async () => {
    for (const deflate of [false, true, { serverMaxWindowBits: 10, clientMaxWindowBits: 9, serverNoContextTakeover: true,
                                          clientNoContextTakeover: true, threshold: 0 }])
        await steps['4 MiB'](deflate);
    for (const name of Object.keys(steps).slice(1))
        console.log(name, await steps[name]() ?? '');
    console.log('done');
    process.exit(0);
})().catch((error) => {
    console.log('failed:', error.message);
    process.exit(1);
});
