// phoenix's client with a small server of its protocol, version 2.

import { Socket } from 'phoenix';
import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const bytes = (text) => new TextEncoder().encode(text);

/** What a server sends of binary data: the client's serializer reads it, but writes none. */
const binaryReply = (joinRef, ref, topic, status, data) => Buffer.concat([
    Buffer.from([1, ...[joinRef, ref, topic, status].map((text) => bytes(text).length)]),
    ...[joinRef, ref, topic, status].map(bytes),
    data,
]);
const binaryBroadcast = (topic, event, data) =>
    Buffer.concat([Buffer.from([2, bytes(topic).length, bytes(event).length]), bytes(topic), bytes(event), data]);

/** What the client sends of it. */
const readBinary = (data) => {
    const sizes = [...data.subarray(1, 5)];
    let at = 5;
    const [joinRef, ref, topic, event] = sizes.map((size) => data.toString('utf8', at, (at += size)));
    return [joinRef, ref, topic, event, data.subarray(at)];
};

const { url } = await listenForSockets({}, (socket) => {
    const reply = (joinRef, ref, topic, status, response) =>
        socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status, response }]));
    const take = async ([joinRef, ref, topic, event, payload]) => {
        const request = asked('client', event);
        if (event === 'lost')
            return;
        await delay(payload.wait ?? 0);
        request.answered();
        if (topic === 'room:no' && event === 'phx_join')
            reply(joinRef, ref, topic, 'error', { reason: 'unauthorized' });
        else if (Buffer.isBuffer(payload))
            socket.send(binaryReply(joinRef, ref, topic, 'ok', payload.subarray(1)));
        else
            reply(joinRef, ref, topic, 'ok', event === 'price' ? { bid: 143.86, of: payload.symbol } : {});
        if (event === 'phx_join' && topic === 'room:lobby') {
            socket.send(JSON.stringify([joinRef, null, topic, 'presence_state', { me: { metas: [{ phx_ref: 'F1' }] } }]));
            socket.send(JSON.stringify([null, null, topic, 'news', { body: 'grüß' }]));
            socket.send(binaryBroadcast(topic, 'image', Buffer.from([1, 2, 250])));
        }
    };
    socket.on('message', (data, isBinary) => take(isBinary ? readBinary(data) : JSON.parse(data.toString())));
});

const socket = new Socket(`${url}/socket`, { transport: RecordedSocket, params: { token: 't' }, heartbeatIntervalMs: 100_000, rejoinAfterMs: () => 100_000 });
socket.connect();
const told = (push) => new Promise((resolve) => {
    for (const status of ['ok', 'error'])
        push.receive(status, (response) => resolve([status, response instanceof ArrayBuffer ? Buffer.from(response).toString('hex') : response]));
});
const room = socket.channel('room:lobby', { nick: 'a' });
const news = new Promise((resolve) => room.on('news', resolve));
const image = new Promise((resolve) => room.on('image', (data) => resolve(Buffer.from(data).toString('hex'))));
got('join', await told(room.join()));
got('news', await news, await image);
const lost = room.push('lost', {});
got('pushes', ...(await Promise.all([
    told(room.push('price', { symbol: 'AAPL', wait: 25 })),
    told(room.push('price', { symbol: 'MSFT', wait: 5 })),
    told(room.push('upload', Uint8Array.from([9, 8, 7]).buffer)),
])));
const no = socket.channel('room:no', {});
got('no', await told(no.join()));
lost.cancelTimeout();
// The library does not wait for the answers to these.
const { promise: haveLeft, resolve: left } = Promise.withResolvers();
let replies = 0;
socket.onMessage(({ event }) => {
    if (event === 'phx_reply' && ++replies === 2)
        left();
});
no.leave();
room.leave();
await haveLeft;
socket.disconnect();
await closed();
done();
