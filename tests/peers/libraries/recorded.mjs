// The ground of the programs beside it (../README.md): a WebSocket for a protocol's own client library that is
// Sockeye's. What the library sends is told on standard output, for a test to send it; what the test has recorded of the
// answers comes back on standard input. And what the peer itself measures of requests and answers.

import { createInterface } from 'node:readline';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

export { delay };

const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');

let current = null;

/** With the API of browsers. There is one at a time. */
export class RecordedSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    CONNECTING = 0;
    OPEN = 1;
    CLOSING = 2;
    CLOSED = 3;

    binaryType = 'blob';
    bufferedAmount = 0;
    extensions = '';
    protocol = '';
    readyState = RecordedSocket.CONNECTING;
    onopen = null;
    onmessage = null;
    onerror = null;
    onclose = null;

    constructor(url, protocols = []) {
        super();
        this.url = String(url);
        current = this;
        tell({ open: this.url, protocols: [protocols].flat() });
    }

    send(data) {
        if (this.readyState !== RecordedSocket.OPEN)
            throw new Error('the socket is not open');
        if (typeof data === 'string')
            tell({ text: data });
        else if (ArrayBuffer.isView(data))
            tell({ hex: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex') });
        else
            tell({ hex: Buffer.from(data).toString('hex') });
    }

    close(code = 1000, reason = '') {
        if (this.readyState >= RecordedSocket.CLOSING)
            return;
        this.readyState = RecordedSocket.CLOSING;
        tell({ close: code, reason });
    }

    take(line) {
        if ('opened' in line) {
            this.protocol = line.opened;
            this.readyState = RecordedSocket.OPEN;
            this.happen('open', {});
        } else if ('closed' in line) {
            this.readyState = RecordedSocket.CLOSED;
            this.happen('close', { code: line.closed, reason: line.reason, wasClean: line.closed !== 1006 });
        } else if ('text' in line) {
            this.happen('message', { data: line.text });
        } else {
            const bytes = Buffer.from(line.hex, 'hex');
            const forms = {
                arraybuffer: () => Uint8Array.from(bytes).buffer,
                blob: () => new Blob([bytes]),
                nodebuffer: () => bytes,
            };
            this.happen('message', { data: forms[this.binaryType]() });
        }
    }

    happen(type, members) {
        const event = Object.assign(new Event(type), members);
        this[`on${type}`]?.(event);
        this.dispatchEvent(event);
    }
}

/** Of the socket that there is: libraries do not all wait for it. */
export async function closed() {
    if (current.readyState !== RecordedSocket.CLOSED)
        await new Promise((resolve) => current.addEventListener('close', resolve));
}

createInterface({ input: process.stdin }).on('line', (line) => current.take(JSON.parse(line)));

/** Of each request in the order in which they came or went, by the peer's clock: `took` nanoseconds until its first
 *  answer, none if that was left out. */
const requests = [];

/** `by` whom it was asked: "client", or "server" for what the peer asked itself. The peer's own requests begin before they
 *  leave; others are answered() before the answer leaves. So its times lie around and within those on the wire. */
export function asked(by, method) {
    const request = { by, method, began: process.hrtime.bigint(), took: null };
    requests.push(request);
    return { answered: () => (request.took ??= Number(process.hrtime.bigint() - request.began)) };
}

/** A server on a free port of 127.0.0.1, and where it is. */
export async function listen(server = createServer()) {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, url: `ws://127.0.0.1:${server.address().port}` };
}

/** Likewise, with Node's ws. */
export async function listenForSockets(options, connected) {
    const { server, url } = await listen();
    const sockets = new WebSocketServer({ server, ...options });
    sockets.on('connection', connected);
    return { server, sockets, url };
}

/** What the library is seen to have got; a test compares it with what was recorded. */
export const got = (...values) => tell({ got: values });

/** The last word. */
export function done() {
    tell({ requests: requests.map(({ by, method, took }) => ({ by, method, took })), done: true });
}

process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
});
