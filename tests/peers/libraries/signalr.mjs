// SignalR's client, by JSON and then by MessagePack, with a small server that writes by the same package's protocols.

import signalR from '@microsoft/signalr';
import pack from '@microsoft/signalr-protocol-msgpack';
import { Unpackr } from 'msgpackr';
import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const { JsonHubProtocol, MessageType, Subject } = signalR;
const { MessagePackHubProtocol } = pack;
const Mark = '\x1e';

/** What the client sends: the protocols of the package read what servers send. */
const readers = {
    json: (data) => data.toString().split(Mark).filter(Boolean).map((record) => JSON.parse(record)),
    messagepack: (data) => {
        const messages = [];
        for (let at = 0; at < data.length;) {
            let size = 0;
            for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
                byte = data[at++];
                size |= (byte & 127) << shift;
            }
            const [type, ...rest] = new Unpackr().unpack(data.subarray(at, (at += size)));
            messages.push(type === MessageType.Completion ? { type, invocationId: rest[1], result: rest[3] }
                : type === MessageType.Invocation || type === MessageType.StreamInvocation
                    ? { type, invocationId: rest[1] ?? undefined, target: rest[2], arguments: rest[3] }
                    : { type });
        }
        return messages;
    },
};

/** That the server's question was answered; of each connection. */
let nameKnown = null;

const { url } = await listenForSockets({}, (socket) => {
    let protocol = null;
    let nameAsked = null;
    nameKnown = Promise.withResolvers();
    const send = (message) => socket.send(protocol.writeMessage(message));
    const complete = (invocationId, result, request) => {
        request.answered();
        send({ type: MessageType.Completion, headers: {}, invocationId, ...result });
    };
    const hub = {
        Add: async (id, [a, b], request) => {
            await delay(b);
            complete(id, { result: a + b }, request);
        },
        Fail: async (id, values, request) => complete(id, { error: 'no such thing' }, request),
        Void: async (id, values, request) => complete(id, {}, request),
        Counter: async (id, [to], request) => {
            for (let i = 0; i < to; ++i) {
                await delay(3);
                request.answered();
                send({ type: MessageType.StreamItem, headers: {}, invocationId: id, item: i });
            }
            complete(id, {}, request);
        },
        Ask: async (id, values, request) => {
            nameAsked = asked('server', 'GetName');
            send({ type: MessageType.Invocation, headers: {}, invocationId: 's1', target: 'GetName', arguments: ['who'], streamIds: [] });
            complete(id, {}, request);
        },
    };
    const take = async ({ type, invocationId, target, arguments: values }) => {
        if (type === MessageType.Completion && invocationId === 's1') {
            nameAsked.answered();
            nameKnown.resolve();
        }
        // What has no id wants no answer.
        if (!target || invocationId === undefined)
            return;
        const request = asked('client', target);
        await hub[target]?.(invocationId, values, request);
    };
    socket.on('message', (data) => {
        if (protocol) {
            readers[protocol.name](data).forEach(take);
            return;
        }
        protocol = JSON.parse(data.toString().slice(0, -1)).protocol === 'json' ? new JsonHubProtocol() : new MessagePackHubProtocol();
        socket.send(`{}${Mark}`);
        send({ type: MessageType.Invocation, headers: {}, target: 'Welcome', arguments: ['x', 1.5], streamIds: [] });
    });
});

for (const protocol of [new JsonHubProtocol(), new MessagePackHubProtocol()]) {
    const connection = new signalR.HubConnectionBuilder()
        .withUrl(url.replace('ws', 'http'), {
            skipNegotiation: true,
            transport: signalR.HttpTransportType.WebSockets,
            WebSocket: RecordedSocket,
        })
        .withHubProtocol(protocol)
        .configureLogging(signalR.LogLevel.None)
        .build();
    const welcome = new Promise((resolve) => connection.on('Welcome', (...values) => resolve(values)));
    const named = new Promise((resolve) => {
        connection.on('GetName', async (who) => {
            await delay(8);
            resolve(who);
            return 'me';
        });
    });
    await connection.start();
    got('Welcome', await welcome);
    connection.send('Notify', { a: null, text: 'grüß' }, [true, -7]);
    connection.invoke('Never').catch(() => {});
    const counted = new Promise((resolve) => {
        const items = [];
        connection.stream('Counter', 3).subscribe({ next: (item) => items.push(item), complete: () => resolve(items), error() {} });
    });
    const subject = new Subject();
    connection.send('Upload', 'log', subject);
    subject.next('one');
    subject.complete();
    got(...(await Promise.allSettled([
        connection.invoke('Add', 1, 25),
        connection.invoke('Add', 2, 5),
        connection.invoke('Void'),
        connection.invoke('Fail'),
        connection.invoke('Ask'),
    ])).map(({ value, reason }) => reason?.message ?? value ?? null), await counted, await named);
    await nameKnown.promise;
    await connection.stop();
    await closed();
}
done();
