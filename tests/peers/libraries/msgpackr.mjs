// msgpackr on both sides: each with records that it defines in one message and uses in the next ones.

import { Packr, Unpackr } from 'msgpackr';
import { RecordedSocket, closed, done, got, listenForSockets } from './recorded.mjs';

const { url } = await listenForSockets({ perMessageDeflate: { threshold: 0 } }, (socket) => {
    const reader = new Unpackr({ sequential: true });
    const writer = new Packr({ sequential: true });
    socket.on('message', (data) => socket.send(writer.pack({ ok: true, echo: reader.unpack(data) })));
});

const socket = new RecordedSocket(url);
socket.binaryType = 'arraybuffer';
const writer = new Packr({ sequential: true });
const reader = new Unpackr({ sequential: true });
await new Promise((resolve) => (socket.onopen = resolve));
const messages = [
    { symbol: 'AAPL', bid: 143.86, sizes: [100, 70_000, -1] },
    { symbol: 'MSFT', bid: 1e300, sizes: [] },
    { at: new Date('2026-01-02T03:04:05Z'), big: 2n ** 60n, text: 'grüß', bytes: Buffer.from([1, 250]) },
];
for (const message of messages) {
    const answer = new Promise((resolve) => (socket.onmessage = ({ data }) => resolve(reader.unpack(new Uint8Array(data)))));
    socket.send(writer.pack(message));
    const { echo } = await answer;
    got(echo.symbol ?? echo.text, echo.bid ?? String(echo.big));
}
socket.close();
await closed();
done();
