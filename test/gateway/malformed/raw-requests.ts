import { connect } from 'node:net';
import * as fc from 'fast-check';

const GOOD_BODY = '{"query":"{ strict }"}';
const JSON_TYPE = 'content-type: application/json';

const line = fc.constantFrom(
  'POST /graphql HTTP/1.1',
  'POST /graphql HTTP/1.0',
  'POST  /graphql HTTP/1.1',
  'POST /graphql HTTP/9.9',
  'POST /graphql',
  'post /graphql HTTP/1.1',
  'NONSENSE /graphql HTTP/1.1',
  'POST /graphql?%zz HTTP/1.1',
  'POST /%zz HTTP/1.1',
  'POST //graphql HTTP/1.1',
  'POST /graphql/../graphql HTTP/1.1',
  'POST http://elsewhere.example/graphql HTTP/1.1',
  'CONNECT elsewhere.example:443 HTTP/1.1',
  'GET * HTTP/1.1',
  'PRI * HTTP/2.0',
  '\u0000\u0001\u0002',
);

const header = fc.constantFrom(
  JSON_TYPE,
  JSON_TYPE,
  JSON_TYPE,
  `content-length: ${GOOD_BODY.length}`,
  `content-length: ${GOOD_BODY.length}`,
  'content-length: 5',
  'content-length: -1',
  'content-length: x',
  'content-length: 99999999999999999999',
  'content-length: 2000000',
  'transfer-encoding: chunked',
  'transfer-encoding: x',
  'transfer-encoding: gzip, chunked',
  'host: a',
  'host: a, b',
  'host: [',
  'host:',
  'host: %',
  ' folded: yes',
  'no colon',
  ': no name',
  'bad\u0000name: x',
  'connection: upgrade\r\nupgrade: websocket',
  'connection: upgrade\r\nupgrade: h2c',
  'expect: 100-continue',
  'trailer: x',
  `x-long: ${'x'.repeat(20_000)}`,
  'cookie: a\r\ncookie: b',
  'content-type: text/plain',
  'authorization: Bearer a\r\nauthorization: Bearer b',
);

const payload = fc.constantFrom(
  GOOD_BODY,
  GOOD_BODY,
  '',
  `${GOOD_BODY.length.toString(16)}\r\n${GOOD_BODY}\r\n0\r\n\r\n`,
  '5\r\n{"que\r\n',
  'zz\r\n',
  '-1\r\n',
  `ffffffffffffffff\r\n${GOOD_BODY}`,
  `${GOOD_BODY}${GOOD_BODY}`,
  `${GOOD_BODY}GET /graphql HTTP/1.1\r\nhost: a\r\n\r\n`,
  '0\r\nx: y\r\n\r\n',
);

/** What is written to a socket: a good request with faults in its line, its headers and how its body comes. */
export const rawRequest = fc
  .tuple(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('POST /graphql HTTP/1.1') },
      { weight: 1, arbitrary: line },
    ),
    fc.array(header, { maxLength: 5 }),
    payload,
    fc.constantFrom('\r\n', '\r\n', '\n', '\r'),
    fc.boolean(),
  )
  .map(([first, headers, body, end, hasHost]) =>
    [first, ...(hasHost ? ['host: gateway'] : []), ...headers, '', body].join(end),
  );

/**
 * Writes to a new connection, and closes its writing half.
 *
 * @returns what came back until the server closed; what it had sent after a second else
 */
export function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const timer = setTimeout(done, 1_000);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.end(text, 'latin1');
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', done);
    socket.on('error', done);
  });
}
