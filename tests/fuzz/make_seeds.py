#!/usr/bin/env python3
"""Writes the seeds (README.md) anew, for when a target reads its input differently.

Usage: make_seeds.py [CAPTURE], a small capture to begin from; without it that one seed is left as it is.
"""

import json
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib

SEEDS = pathlib.Path(__file__).parent / 'seeds'

# fuzz_frames, byte 0.
FROM_CLIENT, DEFLATE, NO_TAKEOVER, LENIENT, WINDOW_15 = 1, 2, 4, 8, 0x70
# The other bytes at the front: how long pieces are at most, less 1.
BYTE_BY_BYTE, PIECES_OF_8 = 0, 7


def write(target, name, content):
    file = SEEDS / target / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def frame(first, payload=b'', key=None, length_size=None):
    size = len(payload)
    length_size = length_size or (1 if size < 126 else 3 if size < 65536 else 9)
    mask = 0x80 if key else 0
    head = {1: lambda: struct.pack('!BB', first, mask | size),
            3: lambda: struct.pack('!BBH', first, mask | 126, size),
            9: lambda: struct.pack('!BBQ', first, mask | 127, size)}[length_size]()
    if key:
        payload = bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))
    return head + (key or b'') + payload


def deflated(*messages, bits=15):
    """Each as it goes on the wire, through one window."""
    stream = zlib.compressobj(wbits=-bits)
    return [(stream.compress(message) + stream.flush(zlib.Z_SYNC_FLUSH))[:-4] for message in messages]


def write_frames():
    def stream(name, setup, *frames):
        write('frames', name, bytes((setup, BYTE_BY_BYTE)) + b''.join(frames))

    key = bytes.fromhex('37fa213d')
    text = 'gr\u00fc\u00df \U0001f41f'.encode()
    stream('messages', 0, frame(0x81, b'hello'), frame(0x82, b'\x00\xff'), frame(0x81, text), frame(0x81))
    stream('masked', FROM_CLIENT, frame(0x81, b'Hello', key), frame(0x89, b'?', key), frame(0x8a, b'', key))
    stream('fragments', 0, frame(0x01, text[:3]), frame(0x89, b'between'), frame(0x00, text[3:7]),
           frame(0x80, text[7:]))
    stream('lengths', 0, frame(0x82, b'x' * 126), frame(0x82, b'y', length_size=3), frame(0x82, b'z', length_size=9))
    stream('close', 0, frame(0x88, struct.pack('!H', 1000) + b'bye'))
    stream('close-codes', LENIENT, *(frame(0x88, struct.pack('!H', code)) for code in (0, 999, 1005, 1016, 5000)))
    stream('close-bad', LENIENT, frame(0x88, b'\x03'), frame(0x88, b'\x03\xe8\xff'), frame(0x88))
    stream('bad-text', 0, frame(0x81, b'ab\xc3\x28' + b'c' * 40))
    stream('bad-text-late', 0, frame(0x01, b'\xe2\x82'), frame(0x80, b'\x28' + b'c' * 40))
    stream('broken-rules', LENIENT, frame(0x80, b'?'), frame(0x01, b'a'), frame(0x81, b'b'), frame(0x09, b''),
           frame(0x83, b''), frame(0xf1, b''), frame(0x89, b'p' * 126, length_size=3), frame(0x81, b'm', key))
    stream('too-large', 0, b'\x82\x7f' + b'\xff' * 8)
    stream('announced', 0, b'\x82\x7f' + struct.pack('!Q', 0x100000) + b'only this')
    compressed = deflated(b'Hello', b'Hello', text * 20)
    stream('deflate', DEFLATE | WINDOW_15, *(frame(0xc1, message) for message in compressed))
    stream('deflate-fragments', DEFLATE | WINDOW_15, frame(0x41, compressed[0][:3]), frame(0x89, b'x'),
           frame(0x80, compressed[0][3:]), frame(0xc1, compressed[1]), frame(0x81, b'plain'))
    stream('deflate-forgets', DEFLATE | NO_TAKEOVER | WINDOW_15, *(frame(0xc2, deflated(b'same')[0]) for _ in '12'))
    stream('deflate-bomb', DEFLATE | WINDOW_15, frame(0xc2, deflated(bytes(100_000))[0]))
    stream('deflate-bad', DEFLATE | LENIENT | WINDOW_15, frame(0xc1, b'\x07'), frame(0xc1, b'\xf2\x48'),
           frame(0xc9, b'ping'), frame(0x41, b'\xf2'), frame(0xc0, b'\x48'))


def write_heads():
    def head(name, *lines, setup=0, rest=b'\x81\x05hello'):
        write('head', name, bytes((setup, PIECES_OF_8)) + b''.join(line + b'\r\n' for line in lines) + b'\r\n' + rest)

    accept = (b'Upgrade: websocket', b'Connection: keep-alive, Upgrade',
              b'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
    status = b'HTTP/1.1 101 Switching Protocols'
    head('accepted', status, *accept)
    head('chosen', status, *accept, b'Sec-WebSocket-Protocol: mqtt',
         b'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10; client_max_window_bits="9"')
    head('deflate-wrong', status, *accept, b'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99')
    head('unoffered', status, *accept, b'Sec-WebSocket-Protocol: soap', b'Sec-WebSocket-Extensions: x-webkit')
    head('duplicates', status, *accept, *accept)
    head('folded', status, *accept, b'X-Long: begin', b'\tend', b' and more')
    head('odd-lines', status, b'no colon', b': no name', b'Space : before', b'B@d: name', b'X: control\x01')
    head('refused', b'HTTP/1.1 403 Forbidden', b'Content-Length: 4', b'WWW-Authenticate: Basic realm="a, b"',
         rest=b'sorry')
    head('old', b'HTTP/1.0 200 OK', b'Server: old')
    head('too-many', status, *accept, b'A: 1', b'B: 2', b'C: 3', setup=2)
    head('too-long', status, b'X: ' + b'x' * 300, setup=1)
    head('request', b'GET /feed?x=1 HTTP/1.1', b'Host: example.com', b'Upgrade: websocket', b'Connection: Upgrade',
         b'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', b'Sec-WebSocket-Version: 13')
    write('head', 'bare-line-feeds', b'\0\0' + status + b'\nUpgrade: websocket\n\n')
    write('head', 'not-http', b'\0\0' + b'SSH-2.0-OpenSSH_9.2\r\n')
    write('head', 'tls', b'\0\0' + bytes.fromhex('15030300020246'))


def write_inflater():
    no_takeover, roundtrip = 1, 2

    def stream(name, setup, limit, *messages):
        write('inflater', name, bytes((setup, PIECES_OF_8, limit)) +
              b''.join(struct.pack('!H', len(message)) + message for message in messages))

    hello = bytes.fromhex('f248cdc9c90700')
    large = 15
    stream('rfc', WINDOW_15, large, hello, bytes.fromhex('f200110000'), bytes.fromhex('f3 48 cd c9 c9 07 00 00'))
    stream('stored', WINDOW_15, large, bytes.fromhex('000500faff48656c6c6f00'))
    stream('two-blocks', WINDOW_15, large, bytes.fromhex('f248050000 00ffffcac9c90700'))
    stream('takeover', WINDOW_15, large, *deflated(b'abcabcabc' * 9, b'abcabcabc' * 9))
    stream('forgets', WINDOW_15 | no_takeover, large, *(deflated(b'abcabcabc')[0] for _ in '12'))
    stream('narrow', 0x10, large, *deflated(bytes(range(256)) * 4, bits=9))
    stream('bomb', WINDOW_15, 8, deflated(bytes(50_000))[0])
    stream('reserved-block', WINDOW_15, large, b'\x07')
    stream('far-back', WINDOW_15, large, hello[:2] + b'\xff\xff\xff')
    stream('roundtrip', WINDOW_15 | roundtrip, large, b'Hello', b'Hello', b'', bytes(range(256)))
    stream('roundtrip-narrow', 0 | roundtrip | no_takeover, large, b'ab' * 400, b'ab' * 400)


def with_small_pages(capture):
    with tempfile.TemporaryDirectory() as directory:
        copy = pathlib.Path(directory) / 'copy'
        shutil.copy(capture, copy)
        database = sqlite3.connect(copy, isolation_level=None)
        database.execute('PRAGMA page_size = 512')
        database.execute('VACUUM')
        database.close()
        return copy.read_bytes()


def write_captures(sample):
    file, damage, values = 0, 1, 2
    null, small, big, text, blob, zeros = range(6)
    if sample:
        write('capture', 'file', bytes((file,)) + with_small_pages(sample))
    write('capture', 'empty', bytes((file,)))
    write('capture', 'magic', bytes((file,)) + b'SQLite format 3\0' + bytes(84))
    write('capture', 'whole', bytes((damage,)))
    write('capture', 'cut', bytes((damage,)) + struct.pack('!H', 4000))
    write('capture', 'wal', bytes((damage, 0, 0, 0, 18, 2, 0, 19, 2)))
    write('capture', 'newer', bytes((damage, 0, 0, 0, 63, 9)))
    most = struct.pack('!q', 2**63 - 1)
    write('capture', 'sizes', bytes((values, 7, big)) + most + bytes((8, small, 0xff)))
    write('capture', 'kinds', bytes((values, 3, small, 99, 4, small, 99, 5, small, 99, 11, small, 99)))
    write('capture', 'frames', bytes((values, 9, big)) + most + bytes((13, text, 3)) + b'abc' + bytes((17, blob, 0)))
    write('capture', 'parts', bytes((values, 7, big)) + struct.pack('!q', 700) + bytes((19, zeros, 1, 0)))
    write('capture', 'nulls', bytes((values, 14, null, 23, null, 27, null, 36, null)))
    lists = (b'[1, {}, "a"]', b'{"sentClose": {"code": "x"}}', b'[{"rule": 1}]')
    write('capture', 'json', bytes((values,)) +
          b''.join(bytes((34 + 2 * i // 2, text, len(json))) + json for i, json in enumerate(lists)))


def write_accept():
    lines = (b'GET / HTTP/1.1', b'Host: a', b'Upgrade: websocket', b'Connection: Upgrade',
             b'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', b'Sec-WebSocket-Version: 13')
    end = b'\r\n\r\n'
    valid = b'\r\n'.join(lines)
    write('accept', 'valid', b'\0\7' + valid + end)
    write('accept', 'offers', b'\4\3' + valid + b'\r\nSec-WebSocket-Protocol: a, mqtt\r\nSec-WebSocket-Extensions: '
          b'permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate; '
          b'server_no_context_takeover; client_no_context_takeover' + end)
    write('accept', 'version', b'\0\5' + valid.replace(b'13', b'8') + end)
    write('accept', 'plain', b'\0\1GET /favicon.ico HTTP/1.1\r\nHost: a' + end)
    write('accept', 'head', b'\0\1HEAD / HTTP/1.1\r\nHost: a' + end)
    write('accept', 'tls', b'\0\2\x16\3\1\2\0\1\0')
    write('accept', 'long', b'\1\2' + valid + b'\r\nCookie: ' + bytes([97]) * 600 + end)
    write('accept', 'lines', b'\2\2' + valid + b'\r\nA: b' * 4 + end)


def write_profiles():
    write('profile', 'plain', json.dumps({
        'sockeye': 'profile', 'version': 1, 'name': 'ticker', 'folder': 'staging', 'url': 'wss://example.com/feed',
        'subprotocols': ['v2'], 'headers': [{'name': 'X-A', 'value': '1', 'enabled': False}],
        'tls': {'caFile': '/a.pem', 'serverName': 'b'}, 'proxy': 'socks5://u:p@h:1080',
        'notify': {'filter': 'has:finding', 'ends': True, 'returns': True, 'sound': 1}, 'else': {'kept': [1]},
    }).encode())
    write('profile', 'odd', b'{"sockeye": "profile", "version": 1e9, "name": [], "headers": {"a": 1}}')
    write('profile', 'bare', b'{"url": "ws://h"}')


def write_proxies():
    socks, credentials, at_once, tight = 1, 2, 4, 8

    def talk(name, setup, *answers):
        write('proxy', name, bytes((setup, PIECES_OF_8)) +
              b''.join(struct.pack('!H', len(answer)) + answer for answer in answers))

    opened = b'HTTP/1.1 200 OK\r\n\r\n'
    digest = (b'HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256\r\n'
              b'Content-Length: 2\r\n\r\nno')
    basic = b'HTTP/1.0 407 No\r\nProxy-Authenticate: Basic realm="r"\r\nConnection: close\r\n\r\n'
    talk('opened', 0, opened + b'\x81\x02hi')
    talk('interim', 0, b'HTTP/1.1 103 Early\r\n\r\n' + opened)
    talk('refused', 0, b'HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n')
    talk('digest', credentials, digest, opened)
    talk('basic', credentials, basic, opened)
    talk('stale', credentials, digest, digest.replace(b'nonce="n"', b'nonce="m", stale=true'), opened)
    talk('at-once', credentials | at_once, basic)
    talk('tight', tight, b'HTTP/1.1 200 OK\r\n' + b'A: b\r\n' * 9 + b'\r\n')
    talk('no-http', 0, b'SSH-2.0-x\r\n')
    talk('socks', socks, b'\5\0', b'\5\0\0\1\x7f\0\0\1\x1f\x90\x81\0')
    talk('socks-login', socks | credentials, b'\5\2', b'\1\0', b'\5\0\0\3\4peer\1\xbb')
    talk('socks-refused', socks, b'\5\0', b'\5\5\0\4' + bytes(18))
    talk('socks-none', socks, b'\5\xff')


def write_typed():
    for i, text in enumerate(('wss://user@example.com:8443/a%20b?x=1', 'localhost:8080', '[::1]:9/?q', 'ws://h?x',
                              'ws+unix:///run/a.sock:/feed?x', 'https://\u00e4.example/',
                              'ws://me:p@ss@[fe80::1%25eth0]:1/%41/../%2f?x=%0d%0a', '\u201cws://h./\u200b\u00e9 {}\u201d')):
        write('typed', f'url-{i}', text.encode())


def write_filter():
    for i, text in enumerate(('dir:in op:text,binary size>1.5k "two words"', '-op:ping size<=64 conn:2 \\"',
                              'size:999999999999999999999 -', 'dir:up "open',
                              '(dir:in or not -has:note,bookmark) and type:text OR "x y"', '((a)(b) or (c',
                              'size:10..2k,..5 entry:1,5..9 conn!=1 wire:3.. latency:1ms..1.5s',
                              'time:12:00..12:05 time>2026-11-22T12:00:01.25Z time<+5m time>-1h time!=23:50..00:10',
                              '/pri[cs]e\\/x/i -/a b/ /api/v1 rule:frame.rsv,deflate', 'hex:de??ad hex:"de ad BE ef" hex:d',
                              'json:$.data[0]["a key"].price>=1e3 json:$.type~trad json:$ json:$.x!="y z" json:$.a=null',
                              'field:topic="a/b" field:$.data[*].price>1 -field:a.*.b~x proto:mqtt,"json" msg:"emit *",a',
                              'topic:"sensors/+/#" shape:1a2b3c4d field:["a"][0]!=-1e9 field: proto:"a"b topic:,')):
        write('filter', f'line-{i}', bytes([len(text) // 2]) + text.encode())


def write_envelope():
    for name, message in (('json', b'{"a":1}'), ('lines', b'{"b":1}\n[2]\n{"a":3}\n'), ('signalr', b'{"b":1}\x1e{"a":6}\x1e'),
                          ('socketio', b'451-/admin,17["a",{"_placeholder":true,"num":0}]'), ('engineio', b'0{"a":"x"}'),
                          ('sockjs', b'a["{\\"a\\":1}","x"]'), ('guard', b'\xef\xbb\xbf)]}\',\n{"a":1}'),
                          ('throw', b'throw 1; <no> {"a":1}'),
                          ('stomp', b'MESSAGE\r\ncontent-length:7\r\n\r\n{"a":1}\0\nSEND\n\n[\0')):
        write('envelope', name, message)


def write_formats():
    """Real traffic: some messages of each format."""
    for path in sorted(pathlib.Path(__file__).parent.parent.joinpath('vectors').glob('*.jsonl')):
        messages = [json.loads(line) for line in path.read_text().split('\n') if line]
        messages = [message for message in messages if 'hex' in message]
        for i, message in list(enumerate(messages))[::4]:
            how = (1 if message['opcode'] == 1 else 0) | (2 if message['direction'] == 'client' else 0)
            write('formats', f'{path.stem}-{i}', bytes([how]) + bytes.fromhex(message['hex']))
    # Of the schema that fuzz_formats makes.
    known = ('0a0d 0a06 782f46757a7a 1203 900105 1202 0801 1a05 0a03 612e62 220a 0a08 0a0161 1203 1a0178 2a04 0801 1002'
             '3203 1a0178 3a02 0805 4203 0a0178 4a08 0a0161 1203 900105')
    scalars = ('51000000000000f03f 5a08 0000000000000000 900105 980105 980106 d2010178 e20103 900105 f20102 00ff 900201'
               'c00205 eb02 e2020178 ec02 a306 0801 a406')
    for name, text in (('known', known), ('scalars', scalars)):
        message = bytes.fromhex(text)
        write('formats', f'schema-{name}', b'\xfc' + message)
        write('formats', f'schema-{name}-delimited', b'\xf8' + bytes([len(message)]) + message)


def write_structs():
    """The examples of the documentation, and structs that are hard to read."""
    page = pathlib.Path(__file__).parent.parent.parent.joinpath('docs', 'structs.md').read_text()
    for i, block in enumerate(page.split('```\n')[1::2]):
        write('structs', f'docs-{i}', block.encode() + bytes([0, 0xef, 0xbe, 2, 0x41]) + bytes(range(64)))
    message = bytes.fromhex('00efbe0241020100000066080200000099ff0700') + b'{"a":1}pump\0'
    write('structs', 'message', page.split('```\n')[1].encode() + message)
    for name, text in (('work', 'struct A { if (remaining > 99) u8 a; } struct B { A a, b; } struct C { B b[]; u8 c; } root C[];'),
                       ('numbers', 'struct A { varint a; leb128 b; i64 c; u64 d; u8 e[a*b+c-d]; u8 f[a<<b>>c]; u8 g[~a%b]; }'),
                       ('bits', 'big struct A { u16 a : 3; u16 b : 13; u8 c msb { d: 3 = 1, : 2, e: 3 } u8 f[c.d ? b : c.e]; }'),
                       ('texts', 'struct A { char16 a[3]; string b; pstring16be c; char d[] = "x"; pstring8 e as auto; }'),
                       ('switch', 'struct A { u8 a; switch (a) { case 0: u8 b; default: u16 b; } u8 c[b]; } root A[];'),
                       ('fault', 'struct A { u8 a[(1 + ]; }')):
        write('structs', name, text.encode() + bytes([0]) + bytes(range(1, 48)))


def write_tls_files():
    """Certificates and keys that openssl makes, new ones each time."""
    certificates, key = b'\0', b'\1'
    with tempfile.TemporaryDirectory() as folder:
        def openssl(line):
            return subprocess.run(['openssl'] + line.split(), cwd=folder, check=True, capture_output=True).stdout
        openssl('req -x509 -newkey ed25519 -nodes -keyout k -out c -subj /CN=a -days 1')
        openssl('ecparam -name P-256 -genkey -out e')
        for name, line in (('pem', 'x509 -in c'), ('der', 'x509 -in c -outform DER'),
                           ('trusted', 'x509 -in c -addtrust serverAuth -trustout'),
                           ('pkcs7', 'crl2pkcs7 -nocrl -certfile c'),
                           ('pkcs7-der', 'crl2pkcs7 -nocrl -certfile c -outform DER')):
            write('tlsfile', name, certificates + openssl(line))
        for name, line in (('key-pem', 'pkey -in k'), ('key-der', 'pkey -in k -outform DER'), ('key-ec', 'ec -in e'),
                           ('key-encrypted', 'pkcs8 -topk8 -in k -passout pass:a -iter 1'),
                           ('key-encrypted-der', 'pkcs8 -topk8 -in k -passout pass:a -iter 1 -outform DER'),
                           ('key-old', 'ec -in e -aes128 -passout pass:a')):
            write('tlsfile', name, key + openssl(line))


write_frames()
write_heads()
write_accept()
write_inflater()
write_captures(sys.argv[1] if len(sys.argv) > 1 else None)
write_profiles()
write_proxies()
write_typed()
write_filter()
write_envelope()
write_formats()
write_structs()
write_tls_files()
