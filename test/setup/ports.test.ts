import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { basicEnvironment } from './basic-environment.ts';
import { drawPort } from './ports.ts';

const first = 10_500 + 10 * randomInt(40);
/** Where nobody else draws: five ports. */
const FEW = { first, end: first + 10 };

const others: ChildProcess[] = [];
afterAll(() => others.forEach((other) => other.kill('SIGKILL')));

/** Another process that draws ports, as another worker does, and keeps them until it is killed. */
async function drawnElsewhere(count: number): Promise<{ ports: number[]; kill(): Promise<void> }> {
  const script = `
    const { drawPort } = await import('./test/setup/ports.ts');
    const ports = [];
    while (ports.length < ${count}) ports.push(await drawPort(${JSON.stringify(FEW)}));
    console.log(JSON.stringify(ports));
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: basicEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  others.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const ended = once(child, 'exit');
  return {
    ports: JSON.parse(line.toString()) as number[],
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('a port is given once, in whichever process, until who drew it has ended', async () => {
  const ours = [await drawPort(FEW), await drawPort(FEW)];
  const theirs = await drawnElsewhere(3);
  expect(new Set([...ours, ...theirs.ports]).size).toBe(5);
  const none = `No port from ${first} to ${first + 10} is free: end what tests have left running.`;
  await expect(drawPort(FEW)).rejects.toThrow(none);
  await theirs.kill();

  const [left = 0, ...free] = theirs.ports;
  // What was started on a port may still run when who drew it has ended.
  const server = createServer().listen(left, '127.0.0.1');
  await once(server, 'listening');
  const again = [await drawPort(FEW), await drawPort(FEW)];
  expect(new Set(again)).toEqual(new Set(free));
  await expect(drawPort(FEW)).rejects.toThrow(none);
  server.close();
  await once(server, 'close');
  expect(await drawPort(FEW)).toBe(left);
});
