// Runs a WebSocket class over cases of ../odd_server.py, under Node, Bun or Deno (README.md):
//   node javascript.mjs CLASS PORT CASE[:PROTOCOL,...]...
// or puts an echo server to the test (echo.mjs):
//   node javascript.mjs CLASS echo URL
// CLASS is "builtin", or a package of ../package.json: "ws", "undici", "websocket" or "faye-websocket".
import { createRequire } from 'node:module';
import process from 'node:process';
import { testEcho } from './echo.mjs';

const [className, port, ...cases] = process.argv.slice(2);
const peers = createRequire(process.env.SOCKEYE_NPM_PEERS ?? new URL('../', import.meta.url));
const classes = {
  builtin: () => globalThis.WebSocket,
  ws: () => peers('ws'),
  undici: () => peers('undici').WebSocket,
  websocket: () => peers('websocket').w3cwebsocket,
  'faye-websocket': () => {
    const { Client } = peers('faye-websocket');
    // It has no compression of its own, and asks for none.
    return class extends Client {
      constructor(url, protocols) {
        super(url, protocols);
      }
    };
  },
};
const Socket = classes[className]();
const say = (...words) => process.stdout.write(words.join(' ').replaceAll('\n', ' ').trimEnd() + '\n');

function run(name, protocols) {
  return new Promise((done) => {
    say('begin', name);
    const limit = setTimeout(() => finish('timeout'), 4000);
    let socket;
    let isFinished = false;
    const finish = (...words) => {
      clearTimeout(limit);
      if (isFinished) return;
      isFinished = true;
      say(...words);
      say('end');
      done();
    };
    try {
      socket = new Socket(`ws://127.0.0.1:${port}/${name}`, protocols);
    } catch (error) {
      finish('error', error.message);
      return;
    }
    socket.onmessage = (event) => {
      say('text', event.data);
      if (event.data === 'after') socket.close(1000);
    };
    socket.onerror = (event) => {
      say('error', event.message ?? event.error?.message ?? '', event.error?.cause?.message ?? '');
      // A close event must follow; where it does not, nobody need wait for it.
      setTimeout(() => finish('words without a close event'), 500);
    };
    socket.onclose = (event) => finish('close', event.code, event.reason);
  });
}

process.on('uncaughtException', (error) => {
  say('error uncaught:', error.message);
  process.exit(1);
});
if (port === 'echo') process.exit(await testEcho(Socket, cases[0], say) ? 0 : 1);
for (const word of cases) {
  const [name, protocols] = word.split(':');
  await run(name, protocols ? protocols.split(',') : []);
}
process.exit(0);
