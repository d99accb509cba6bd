// socket.io-client with socket.io: acknowledgements of both sides, attachments, namespaces.

import { createServer } from 'node:http';
import { RecordedSocket, asked, closed, delay, done, got, listen } from './recorded.mjs';

// What is loaded next looks for it once.
globalThis.WebSocket = RecordedSocket;
const { WebSocket: BrowserTransport } = await import('engine.io-client');
const { io } = await import('socket.io-client');
const { Server } = await import('socket.io');

const http = createServer();
const server = new Server(http, { transports: ['websocket'] });
const { promise: questionAnswered, resolve: answered } = Promise.withResolvers();
const Delays = { AAPL: 30, MSFT: 12, NVDA: 4 };

server.on('connection', (socket) => {
    socket.on('price', async (symbol, answer) => {
        const request = asked('client', 'emit price');
        await delay(Delays[symbol]);
        request.answered();
        answer({ symbol, bid: 143.86 });
    });
    socket.on('file', async (name, bytes, answer) => {
        const request = asked('client', 'emit file');
        await delay(6);
        request.answered();
        answer(name, bytes.subarray(1), { size: bytes.length });
    });
    socket.on('lost', () => asked('client', 'emit lost'));
});
server.of('/chat').on('connection', (socket) => {
    socket.on('join', async (room, answer) => {
        const request = asked('client', 'emit join');
        await delay(9);
        request.answered();
        answer(null, `in ${room}`);
    });
    socket.on('ready', () => {
        const question = asked('server', 'emit question');
        socket.emit('question', 42, () => {
            question.answered();
            answered();
        });
        asked('server', 'emit unheard');
        socket.emit('unheard', () => {});
    });
});
server.of('/no').use((socket, next) => next(Object.assign(new Error('not for you'), { data: { code: 7 } })));

const { url } = await listen(http);
const socket = io(url.replace('ws', 'http'), { transports: [BrowserTransport], reconnection: false });
await new Promise((resolve) => socket.on('connect', resolve));
socket.emit('hello', 'wörld', { n: 1.5, exact: 12345678901 });
const answers = ['AAPL', 'MSFT', 'NVDA'].map((symbol) => socket.emitWithAck('price', symbol));
socket.emit('lost', () => {});
const file = await new Promise((resolve) => {
    socket.emit('file', 'a.bin', Buffer.from([1, 2, 250]), (...values) => resolve(values));
});
got('file', file[0], Buffer.from(file[1]).toString('hex'), file[2]);
got('prices', ...(await Promise.all(answers)));

const chat = socket.io.socket('/chat', { auth: { token: 't' } });
chat.on('question', async (n, answer) => {
    got('question', n);
    await delay(5);
    answer(n + 1, new Uint8Array([7]));
});
await new Promise((resolve) => chat.on('connect', resolve));
got('join', await new Promise((resolve) => chat.emit('join', 'lobby', (error, text) => resolve(text))));
chat.emit('ready');
await questionAnswered;

const no = socket.io.socket('/no', {});
got('no', await new Promise((resolve) => no.on('connect_error', (error) => resolve([error.message, error.data]))));
chat.disconnect();
socket.disconnect();
await closed();
done();
