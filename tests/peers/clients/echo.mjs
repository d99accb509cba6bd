// Puts an echo server to the test by a browser's API, which Node, undici, Bun and Deno have too: javascript.mjs and
// browser.html import it. It sends 4 MiB of text and of binary, offers subprotocols, and closes with all codes that the
// API takes: 1000 and 3000 to 4999 in all of them. The API cannot send fragments, pings or other codes, nor choose
// whether permessage-deflate is offered.

const StepLimit = 30000;
const Reason = 'Gründe';

// The value of the promise that `begin` fulfils, unless it takes too long.
function within(name, begin) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${name}: nothing came`)), StepLimit);
    new Promise(begin).then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

function opened(Socket, url, protocols = []) {
  return within('opening', (resolve, reject) => {
    const socket = new Socket(url, protocols);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => resolve(socket);
    socket.onclose = (event) => reject(new Error(`closed with ${event.code} before it opened`));
  });
}

function echoOf(socket, data) {
  return within('echo', (resolve, reject) => {
    socket.onmessage = (event) => resolve(event.data);
    socket.onclose = (event) => reject(new Error(`closed with ${event.code} ${event.reason} in place of an echo`));
    socket.send(data);
  });
}

// The close event. Throws as the API does for a code that it does not send.
async function closed(socket, ...codeAndReason) {
  return within('close', (resolve) => {
    socket.onclose = resolve;
    socket.close(...codeAndReason);
  });
}

async function large(Socket, url) {
  const socket = await opened(Socket, url);
  const text = '€äx\u{1F41F}'.repeat(419431);
  expect(await echoOf(socket, text) === text, 'another text came');
  const binary = new Uint8Array(4 * 1024 * 1024);
  for (let i = 0, value = 1; i < binary.length; ++i) {
    value = Math.imul(value, 1103515245) + 12345;
    binary[i] = value >>> 16;
  }
  const came = await echoOf(socket, binary);
  expect(came instanceof ArrayBuffer && came.byteLength === binary.length, 'another message came');
  const bytes = new Uint8Array(came);
  expect(binary.every((byte, i) => byte === bytes[i]), 'other bytes came');
  const { code } = await closed(socket);
  expect(code === 1005, `no close code was answered with ${code}`);
  return socket.extensions || 'not compressed';
}

async function subprotocol(Socket, url) {
  const socket = await opened(Socket, url, ['one', 'two']);
  expect(socket.protocol === 'one', `chosen: ${socket.protocol}`);
  await closed(socket);
}

async function closeCodes(Socket, url) {
  const codes = [];
  for (const code of [1000, 1001, 1011, 2999, 3000, 3999, 4000, 4999, 5000]) {
    const socket = await opened(Socket, url);
    let event;
    try {
      event = await closed(socket, code, Reason);
    } catch (error) {
      expect(error.name === 'InvalidAccessError', `${code}: ${error.message}`);
      await closed(socket);
      continue;
    }
    expect(event.code === code && event.reason === Reason && event.wasClean,
           `${code} was answered with ${event.code} ${event.reason}, clean: ${event.wasClean}`);
    codes.push(code);
  }
  return codes.join(' ');
}

// Tells what it does, a line at a time, by `say`: the last is "done", or what failed. Returns whether all went well.
export async function testEcho(Socket, url, say) {
  try {
    await say('4 MiB', await large(Socket, url));
    await subprotocol(Socket, url);
    await say('close codes', await closeCodes(Socket, url));
  } catch (error) {
    await say('failed:', error.message);
    return false;
  }
  await say('done');
  return true;
}
