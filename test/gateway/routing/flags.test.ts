import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationContext } from '@openfeature/server-sdk';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfig, type Environment } from '#platform/config.ts';
import { bucketOf } from '#platform/moves/bucket.ts';
import { moveSettings, targetsFrom } from '#platform/moves/config.ts';
import { routingSettings } from '../../../gateway/routing/config.ts';
import type { LabelRequest } from '../../../gateway/routing/label-decision.ts';
import { openRouting, type Routing } from '../../../gateway/routing/routing.ts';

const LABELS = new Set(['order', 'ai', 'auth', 'other']);

let directory: string;
let lines: { level: number; msg: string }[];
let fallbacks: number;
let routing: Routing | undefined;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'flags-'));
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(() => {
  lines = [];
  fallbacks = 0;
});
afterEach(async () => {
  await routing?.close();
  routing = undefined;
});

/** Opens what decides labels, as the gateway does with an environment. */
async function open(environment: Environment): Promise<Routing> {
  const settings = readConfig('test', { ...routingSettings(), ...moveSettings() }, environment);
  routing = await openRouting({
    settings,
    targets: targetsFrom(settings),
    trustHeader: false,
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    metrics: {
      secondsSinceConfirmed: { set() {} },
      reconnects: { inc() {} },
      leaseWaits: { inc() {} },
      unleased: { inc() {} },
      fallbacks: { inc: () => void (fallbacks += 1) },
    },
  });
  return routing;
}

/** The labels that are on for one request, as the gateway finds them out. */
async function labelsOn({ decide }: Routing, request: Partial<LabelRequest> = {}) {
  const labels = decide(LABELS, {
    kind: 'query',
    subject: { key: 'user-1', setCookie: null },
    role: null,
    header: undefined,
    ...request,
  });
  await labels.ask(LABELS);
  return [...LABELS].filter((label) => labels.isOn(label));
}

/** Writes a module whose default export makes a provider. @returns its path */
async function writeModule(name: string, source: string): Promise<string> {
  const path = join(directory, `${name}.mjs`);
  await writeFile(path, source);
  return path;
}

/** The source of a provider that answers by an expression of `label` and `context`. */
const providerSource = (body: string, name = 'vendor') => `export default () => ({
  metadata: { name: '${name}' },
  async resolveBooleanEvaluation(label, fallback, context) { ${body} },
});`;

describe('our own provider', () => {
  test('asks nobody, and without a control database goes by USE_NEW_…, which is said', async () => {
    const { decide, states } = await open({ USE_NEW_ORDER: 'true' });
    await states.known;
    const request = {
      kind: 'query',
      subject: { key: 'user-1', setCookie: null },
      role: null,
      header: undefined,
    } as const;
    const labels = decide(LABELS, request);
    expect(labels.ask(LABELS)).toBeUndefined();
    expect([...LABELS].filter((label) => labels.isOn(label))).toEqual(['order']);
    expect(states.status().knowledge).toBe('fixed');
    expect(lines).toMatchObject([
      { msg: expect.stringContaining('CONTROL_DATABASE_URL is not set') },
    ]);
  });
});

describe('the environment as provider', () => {
  test('puts each move whole on the side that its variable names', async () => {
    const environment = { FLAG_PROVIDER: 'environment', USE_NEW_AI: 'true', USE_NEW_AUTH: 'true' };
    expect(await labelsOn(await open(environment))).toEqual(['ai', 'auth']);
  });
});

describe('a file as provider', () => {
  const write = async (text: string) => {
    // Exchanged as a whole, as deployments do.
    await writeFile(join(directory, 'draft.json'), text);
    await rename(join(directory, 'draft.json'), join(directory, 'flags.json'));
  };
  const openFile = () =>
    open({ FLAG_PROVIDER: `file:${join(directory, 'flags.json')}`, USE_NEW_AI: 'true' });

  test('decides by booleans and shares; what it does not name goes by the states', async () => {
    await write('{"order": {"readPercent": 25}, "auth": true, "other": false}');
    const opened = await openFile();
    for (const user of Array.from({ length: 200 }, (_, index) => `user-${index}`)) {
      const on = await labelsOn(opened, { subject: { key: user, setCookie: null } });
      expect(on.includes('order')).toBe(bucketOf('order', user) < 256);
      expect(on.filter((label) => label !== 'order')).toEqual(['ai', 'auth']);
    }
    expect(fallbacks).toBe(0);
  });

  test('is read again when it changes, and left aside when it cannot be read', async () => {
    await write('{"order": true}');
    const opened = await openFile();
    expect(await labelsOn(opened)).toEqual(['order', 'ai']);
    await write('{"order": false, "auth": {"readPercent": 100}}');
    await vi.waitFor(async () => expect(await labelsOn(opened)).toEqual(['ai', 'auth']), 3_000);
    await write('{"order": {"readPercent": 101}}');
    await vi.waitFor(
      () => expect(lines.at(-1)?.msg).toContain('the changed file of flags is left aside'),
      3_000,
    );
    expect(await labelsOn(opened)).toEqual(['ai', 'auth']);
  });

  test.each(['not JSON', '[]', '{"order": 10}', '{"order": {"percent": 10}}'])(
    'that holds %s is refused at the start, and what is expected is said',
    async (text) => {
      await write(text);
      await expect(openFile()).rejects.toThrow(
        'It holds JSON such as {"order": {"readPercent": 10}',
      );
    },
  );

  test('that is missing is refused at the start', async () => {
    await expect(open({ FLAG_PROVIDER: 'file:/nowhere/flags.json' })).rejects.toThrow('ENOENT');
  });
});

describe("somebody else's provider", () => {
  test('is told the subject and the attributes', async () => {
    const path = await writeModule(
      'seen',
      providerSource('globalThis.seenByFlags.push([label, context]); return { value: true };'),
    );
    const seen: [string, EvaluationContext][] = [];
    Object.assign(globalThis, { seenByFlags: seen });
    const opened = await open({ FLAG_PROVIDER: `module:${path}` });
    expect(await labelsOn(opened, { role: 'staff' })).toEqual([...LABELS]);
    expect(seen).toContainEqual([
      'order',
      {
        targetingKey: 'user-1',
        operationKind: 'query',
        role: 'staff',
        bucket: bucketOf('order', 'user-1'),
      },
    ]);
    expect(seen).toHaveLength(LABELS.size);
  });

  test('decides no writes of a move: those go by ownership', async () => {
    const path = await writeModule('all', providerSource('return { value: true };'));
    const opened = await open({ FLAG_PROVIDER: `module:${path}`, USE_NEW_AI: 'true' });
    expect(await labelsOn(opened, { kind: 'mutation' })).toEqual(['ai', 'other']);
  });

  test('may build upon ours', async () => {
    const path = await writeModule('wrap', 'export default async ({ moves }) => moves;');
    const opened = await open({ FLAG_PROVIDER: `module:${path}`, USE_NEW_AI: 'true' });
    expect(await labelsOn(opened)).toEqual(['ai']);
  });

  test.each([
    ['fails', `throw new Error('out of order');`, 'out of order'],
    ['does not answer', 'return new Promise(() => {});', 'no answer within 30 ms'],
    ['gives up at its start', 'return { value: false };', 'irrecoverable'],
  ])(
    'that %s leaves the decision to the states, and that is said once',
    async (name, body, trouble) => {
      const source =
        name === 'gives up at its start'
          ? providerSource(body).replace(
              '({',
              '({ initialize: async () => { throw Object.assign(new Error("no key"), { code: "PROVIDER_FATAL" }); },',
            )
          : providerSource(body);
      const path = await writeModule(name.replaceAll(' ', '-'), source);
      const opened = await open({
        FLAG_PROVIDER: `module:${path}`,
        FLAG_TIMEOUT_MS: '30',
        USE_NEW_ORDER: 'true',
      });
      for (let time = 0; time < 3; time++) expect(await labelsOn(opened)).toEqual(['order']);
      expect(fallbacks).toBe(3 * LABELS.size);
      const warnings = lines.filter(({ msg }) => msg.startsWith('the provider of flags fails'));
      expect(warnings).toMatchObject([
        { provider: 'vendor', trouble: expect.stringContaining(trouble) },
      ]);
    },
  );

  test('that hangs costs a few requests its timeout, and then none: it is tried now and then, and heard again', async () => {
    const path = await writeModule(
      'hanging',
      providerSource(
        `globalThis.flagsAsked += 1;
        if (globalThis.flagsHang) return new Promise(() => {}); return { value: true };`,
      ),
    );
    Object.assign(globalThis, { flagsAsked: 0, flagsHang: true });
    const asked = () => (globalThis as unknown as { flagsAsked: number }).flagsAsked;
    const opened = await open({ FLAG_PROVIDER: `module:${path}`, FLAG_TIMEOUT_MS: '50' });
    expect(opened.flags()).toEqual({ provider: 'vendor', state: 'asked', trouble: null });
    for (let time = 0; time < 2; time++) await labelsOn(opened);
    expect(opened.flags()).toEqual({
      provider: 'vendor',
      state: 'left out',
      trouble: 'no answer within 50 ms',
    });
    const [before, began] = [asked(), performance.now()];
    for (let time = 0; time < 100; time++) expect(await labelsOn(opened)).toEqual([]);
    // Without the pause that would be 5 s, and 400 questions.
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(asked() - before).toBeLessThan(4);
    expect(fallbacks).toBe(102 * LABELS.size);
    Object.assign(globalThis, { flagsHang: false });
    await vi.waitFor(async () => expect(await labelsOn(opened)).toEqual([...LABELS]), 5_000);
    expect(opened.flags()).toMatchObject({ state: 'asked', trouble: null });
    expect(lines.at(-1)?.msg).toBe('the provider of flags answers again');
  });

  test('that answers again is heard again', async () => {
    const path = await writeModule(
      'flaky',
      providerSource(
        `if (globalThis.flagsAreDown) throw new Error('down'); return { value: true };`,
      ),
    );
    const opened = await open({ FLAG_PROVIDER: `module:${path}` });
    Object.assign(globalThis, { flagsAreDown: true });
    expect(await labelsOn(opened)).toEqual([]);
    Object.assign(globalThis, { flagsAreDown: false });
    expect(await labelsOn(opened)).toEqual([...LABELS]);
    expect(lines.at(-1)?.msg).toBe('the provider of flags answers again');
  });

  test.each([
    ['nothing', 'export const provider = {};', 'its default export is no function'],
    [
      'no provider',
      'export default () => ({ metadata: { name: "x" } });',
      'has no resolveBooleanEvaluation',
    ],
    ['an error', 'export default () => { throw new Error("no key"); };', 'no key'],
  ])('is refused at the start when its module gives %s', async (name, source, message) => {
    const path = await writeModule(`gives-${name.replaceAll(' ', '-')}`, source);
    await expect(open({ FLAG_PROVIDER: `module:${path}` })).rejects.toThrow(message);
  });
});

test.each(['vendor', 'file:', 'moves:x'])(
  'FLAG_PROVIDER=%s is refused, and the choice named',
  (text) => {
    expect(() => readConfig('test', routingSettings(), { FLAG_PROVIDER: text })).toThrow(
      'FLAG_PROVIDER is not valid (none of these): expected moves, environment, file:',
    );
  },
);
