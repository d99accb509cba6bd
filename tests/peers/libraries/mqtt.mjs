// mqtt.js with mosquitto, whose URL is the argument, and then with a small broker on mqtt-packet, the package by which
// mqtt.js reads and writes, that measures and leaves answers out.

import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { once } from 'node:events';
import mqtt from 'mqtt';
import { RecordedSocket, asked, closed, delay, done, got, listenForSockets } from './recorded.mjs';

const packets = createRequire(createRequire(import.meta.url).resolve('mqtt'))('mqtt-packet');

/** As mqtt.js does it on Node: whatever it writes becomes a message of its own. */
class SocketStream extends Duplex {
    constructor(url) {
        super();
        this.socket = new RecordedSocket(url, ['mqtt']);
        this.socket.binaryType = 'arraybuffer';
        this.socket.onopen = () => this.emit('connect');
        this.socket.onmessage = ({ data }) => this.push(Buffer.from(data));
        this.socket.onclose = () => this.push(null);
        this.opened = new Promise((resolve) => this.socket.addEventListener('open', resolve));
    }
    _read() {}
    async _write(chunk, encoding, written) {
        await this.opened;
        this.socket.send(chunk);
        written();
    }
    _final(finished) {
        this.socket.close();
        finished();
    }
    _destroy(error, destroyed) {
        this.socket.close();
        destroyed(error);
    }
}

const connect = (url, options) =>
    new mqtt.MqttClient(() => new SocketStream(url), { reconnectPeriod: 0, keepalive: 0, clean: true, ...options });

const { promise: enough, resolve: haveEnough } = Promise.withResolvers();
const Topics = 3;
const five = connect(process.argv[2], {
    protocolVersion: 5,
    clientId: 'sockeye-five',
    will: { topic: 'gone', payload: 'sockeye-five', qos: 1, properties: { contentType: 'text/plain' } },
    properties: { sessionExpiryInterval: 0, topicAliasMaximum: 5, userProperties: { by: 'mqtt.js' } },
});
await once(five, 'connect');
let messages = 0;
five.on('message', (topic, payload, packet) => {
    got(topic, payload.toString(), packet.qos);
    if (++messages === Topics)
        haveEnough();
});
got('granted', ...(await five.subscribeAsync({ 'sensors/+/temp': { qos: 2 }, 'plain/#': { qos: 0 } })).map(({ qos }) => qos));
await five.publishAsync('sensors/7/temp', '{"t":21.5}', {
    qos: 2,
    properties: { contentType: 'application/json', messageExpiryInterval: 60, userProperties: { unit: 'C' } },
});
await five.publishAsync('sensors/8/temp', '{"t":-3}', { qos: 1, properties: { responseTopic: 'answers', correlationData: Buffer.from([1, 2]) } });
await five.publishAsync('plain/text', 'grüß', { qos: 0 });
await five.publishAsync('nobody/listens', 'x', { qos: 1 });
await enough;
await five.unsubscribeAsync('plain/#');
await five.endAsync({ reasonCode: 4 });
await closed();

const { promise: isAllAnswered, resolve: allAnswered } = Promise.withResolvers();
const Delays = { slow: 25, quick: 5 };
const { url } = await listenForSockets({ handleProtocols: () => 'mqtt' }, (socket) => {
    const parser = packets.parser({ protocolVersion: 4 });
    const send = (packet) => socket.send(packets.generate(packet, { protocolVersion: 4 }));
    const waiting = new Map();
    const released = new Map();
    const answer = async (request, topic, packet) => {
        await delay(Delays[topic] ?? 0);
        request?.answered();
        send(packet);
    };
    const taken = (messageId) => {
        waiting.get(messageId).answered();
        waiting.delete(messageId);
        if (waiting.size === 0)
            allAnswered();
    };
    const ask = (messageId, qos, topic) => {
        waiting.set(messageId, asked('server', 'PUBLISH'));
        send({ cmd: 'publish', messageId, qos, topic, payload: 'x', dup: false, retain: false });
    };
    const handlers = {
        connect: async () => send({ cmd: 'connack', returnCode: 0, sessionPresent: false }),
        subscribe: async ({ messageId }) => {
            const request = asked('client', 'SUBSCRIBE');
            await answer(request, 'quick', { cmd: 'suback', messageId, granted: [2, 128] });
            ask(1, 1, 'from/once');
            ask(2, 2, 'from/twice');
        },
        publish: async ({ messageId, qos, topic }) => {
            if (qos === 0)
                return;
            const request = asked('client', 'PUBLISH');
            if (topic === 'lost')
                return;
            if (qos === 2)
                released.set(messageId, request);
            await answer(qos === 1 ? request : null, topic, { cmd: qos === 1 ? 'puback' : 'pubrec', messageId });
        },
        pubrel: async ({ messageId }) => answer(released.get(messageId), 'quick', { cmd: 'pubcomp', messageId }),
        puback: async ({ messageId }) => taken(messageId),
        pubrec: async ({ messageId }) => send({ cmd: 'pubrel', messageId }),
        pubcomp: async ({ messageId }) => taken(messageId),
        pingreq: async () => send({ cmd: 'pingresp' }),
        disconnect: async () => {},
    };
    parser.on('packet', (packet) => handlers[packet.cmd](packet));
    socket.on('message', (data) => parser.parse(data));
});
const four = connect(url, { protocolVersion: 4, clientId: 'sockeye-four' });
await once(four, 'connect');
await four.subscribeAsync(['from/#', 'not/this'], { qos: 2 }).catch((error) => got('refused', error.message));
four.publish('lost', 'at qos 1', { qos: 1 });
four.publish('lost', 'at qos 2', { qos: 2 });
await Promise.all([
    four.publishAsync('slow', 'x', { qos: 1 }),
    four.publishAsync('quick', 'x', { qos: 1 }),
    four.publishAsync('slow', 'x', { qos: 2 }),
]);
await isAllAnswered;
// It waits for no answers, and says no goodbye.
await four.endAsync(true);
await closed();
done();
