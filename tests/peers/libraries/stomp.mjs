// @stomp/stompjs with a small broker that reads and writes by the same package.

import { Client, FrameImpl, Parser } from '@stomp/stompjs';
import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const Delays = { 'r-slow': 25, 'r-quick': 5 };

const { url } = await listenForSockets({ handleProtocols: () => 'v12.stomp' }, (socket) => {
    let subscription = null;
    const send = (command, headers, body) =>
        socket.send(FrameImpl.marshall({ command, headers, body, escapeHeaderValues: command !== 'CONNECTED' }));
    const answer = async ({ receipt }, method) => {
        if (!receipt)
            return;
        const request = asked('client', method);
        if (receipt === 'r-lost')
            return;
        await delay(Delays[receipt] ?? 0);
        request.answered();
        send('RECEIPT', { 'receipt-id': receipt });
    };
    const parser = new Parser(({ command, headers: raw, binaryBody }) => {
        const headers = FrameImpl.fromRawFrame({ command, headers: raw, binaryBody }, true).headers;
        if (command === 'CONNECT') {
            const request = asked('client', 'CONNECT');
            request.answered();
            send('CONNECTED', { version: '1.2', 'heart-beat': '0,0', server: 'small/1.0' });
            return;
        }
        if (command === 'SUBSCRIBE') {
            subscription = headers.id;
            send('MESSAGE', { subscription, 'message-id': 'm:1', destination: headers.destination, 'content-type': 'application/json', ack: 'a-1' }, '{"t":21.5}');
        }
        if (headers.destination === '/queue/denied') {
            const request = asked('client', command);
            request.answered();
            send('ERROR', { message: 'access refused', 'receipt-id': headers.receipt }, 'not for you');
            socket.close(1002, 'refused');
            return;
        }
        answer(headers, command);
    }, () => {});
    socket.on('message', (data, isBinary) => parser.parseChunk(isBinary ? new Uint8Array(data) : data.toString()));
});

const client = new Client({
    webSocketFactory: () => new RecordedSocket(url, ['v12.stomp', 'v11.stomp']),
    connectHeaders: { login: 'me', passcode: 's:1', host: '/' },
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    reconnectDelay: 0,
});
const connected = new Promise((resolve) => (client.onConnect = resolve));
client.activate();
got('version', (await connected).headers.version);
const receipt = (id) => new Promise((resolve) => client.watchForReceipt(id, resolve));
const message = await new Promise((resolve) => {
    client.subscribe('/topic/sensors', resolve, { ack: 'client-individual', receipt: 'r-subscribed' });
});
got('message', message.body, message.headers['message-id']);
message.ack();
const both = Promise.all([receipt('r-slow'), receipt('r-quick')]);
client.publish({ destination: '/queue/slow', body: 'grüß', headers: { receipt: 'r-slow', note: 'a:b\nc' } });
client.publish({ destination: '/queue/quick', binaryBody: new Uint8Array([0, 255, 10]), headers: { receipt: 'r-quick' } });
client.publish({ destination: '/queue/lost', body: '{"n":1}', headers: { receipt: 'r-lost', 'content-type': 'application/json' } });
await both;
const transaction = client.begin('tx-1');
client.publish({ destination: '/queue/quick', body: 'in it', headers: { transaction: transaction.id } });
transaction.commit();
const failed = new Promise((resolve) => (client.onStompError = resolve));
client.publish({ destination: '/queue/denied', body: 'x', headers: { receipt: 'r-denied' } });
got('error', (await failed).headers.message);
await closed();
done();
