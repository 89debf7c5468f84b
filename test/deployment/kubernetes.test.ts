import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStartSettings } from '#platform/start/config.ts';
import { writeSecretFiles } from '#platform/start/secret-files.ts';
import { ROOT } from './image.ts';
import {
  forgottenVariables,
  SERVERS,
  unknownVariables,
  usageDestinations,
} from './process-settings.ts';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: number };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string; readonly optional: boolean };
  }[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: { readonly limits: { readonly memory: string } };
}

interface PodSpec {
  readonly containers: readonly [Container];
  readonly volumes?: readonly {
    readonly name: string;
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
  readonly securityContext: { readonly runAsNonRoot: boolean };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- of every kind
  readonly spec?: any;
}

const manifests = globSync('docs/kubernetes/*.yaml', { cwd: ROOT }).flatMap((file) =>
  parseAllDocuments(readFileSync(join(ROOT, file), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as Manifest;
  }),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
const named = (kind: string, name: string) =>
  ofKind(kind).find(({ metadata }) => metadata.name === name);
const pods = [...ofKind('Deployment'), ...ofKind('Job')].map(
  ({ metadata, spec }) => [metadata.name, spec.template.spec as PodSpec] as const,
);
const ours = pods.filter(([, { containers }]) => containers[0].image.includes('strangler-graph'));

let secrets: string;
beforeAll(async () => {
  secrets = await mkdtemp(join(tmpdir(), 'kubernetes-secrets-'));
  await writeSecretFiles(secrets, readStartSettings({}));
});
afterAll(() => rm(secrets, { recursive: true }));

async function environmentOf({ env = [], envFrom = [] }: Container) {
  const environment: Record<string, string> = {};
  for (const { configMapRef } of envFrom) {
    if (configMapRef) Object.assign(environment, named('ConfigMap', configMapRef.name)?.data);
  }
  for (const { name, value, valueFrom } of env) {
    expect(valueFrom?.secretKeyRef.name ?? 'strangler-graph').toBe('strangler-graph');
    environment[name] =
      value ?? (await readFile(join(secrets, valueFrom?.secretKeyRef.key ?? ''), 'utf8'));
  }
  return environment;
}

/** The deployments whose pods read what people upload. */
const READERS = [
  'resume-review',
  // #region monolith
  'monolith',
  // #endregion monolith
];

describe('docs/kubernetes', () => {
  test('names every thing once, with its kind', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
    expect(
      manifests.every(({ apiVersion }) => /^((apps|batch|policy)\/)?v1$/.test(apiVersion)),
    ).toBe(true);
  });

  test.each(READERS)('%s has memory for itself and for two files that are read at once', (name) => {
    const pod = ours.find(([deployment]) => deployment === name)?.[1];
    const reader = readFileSync(join(ROOT, 'platform/resumes/documents/read-apart.ts'), 'utf8');
    const perFile = Number(/memory: (\d+) \* 1_048_576/.exec(reader)?.[1]);
    const atOnce = Number(/AT_ONCE = (\d+)/.exec(reader)?.[1]);
    const limit = Number(/^(\d+)Mi$/.exec(pod?.containers[0].resources.limits.memory ?? '')?.[1]);
    expect(limit).toBeGreaterThanOrEqual(perFile * atOnce + 512);
  });

  test('runs every server', () => {
    const entries = ours.map(([, { containers }]) => containers[0].command?.[1]);
    expect(entries).toEqual(expect.arrayContaining(SERVERS));
  });

  test.each(ours)('%s can start with its environment, and knows all of it', async (_, pod) => {
    const [container] = pod.containers;
    const environment = await environmentOf(container);
    expect(unknownVariables(container.command ?? [], environment)).toEqual([]);
    expect(forgottenVariables(container.command ?? [], environment)).toEqual([]);
    expect(Object.values(environment).every((value) => typeof value === 'string')).toBe(true);
  });

  test('the gateway reports what clients use, with the secret that the documentation makes, and starts without', async () => {
    const [, pod] = ours.find(([name]) => name === 'gateway') ?? [];
    const [container] = pod?.containers ?? [];
    expect(container?.envFrom).toContainEqual({
      secretRef: { name: 'usage-collector', optional: true },
    });
    const environment = await environmentOf(container as Container);
    expect(usageDestinations(environment)).toEqual([]);
    const text = await readFile(join(ROOT, 'docs/deployment.md'), 'utf8');
    const [, literals = ''] = /create secret generic usage-collector([^`]*)/.exec(text) ?? [];
    const made = [...literals.matchAll(/--from-literal=(\w+)="?([^"\s]+)/g)].map(
      ([, name = '', value = '']) => [name, value],
    );
    const told = { ...environment, ...(Object.fromEntries(made) as Record<string, string>) };
    expect(usageDestinations(told)).toEqual([
      expect.objectContaining({
        url: expect.stringMatching(/^http:\/\/registry:8030\//) as string,
        graphRef: 'strangler-graph@current',
      }),
    ]);
  });

  test.each(ofKind('Deployment').map((one) => [one.metadata.name, one] as const))(
    '%s is found by its service, on the port where it listens and is probed',
    (name, { spec }) => {
      const service = named('Service', name);
      const [container] = spec.template.spec.containers as [Container];
      expect(service?.spec.selector).toEqual(spec.template.metadata.labels);
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
      const port = container.ports?.[0]?.containerPort;
      expect(service?.spec.ports).toEqual([{ port }]);
      const given = container.env?.find((variable) => variable.name === 'PORT')?.value;
      if (given === undefined) return;
      expect(given).toBe(String(port));
      const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
      expect(probes.map((probe) => probe?.httpGet)).toEqual([
        { path: '/health/live', port },
        { path: '/health/live', port },
        { path: '/health/ready', port },
      ]);
    },
  );

  test('every host that is named is a service, on its port', () => {
    const urls = ours.flatMap(([, { containers }]) =>
      (containers[0].env ?? []).flatMap(({ value }) => (value?.includes('://') ? [value] : [])),
    );
    expect(urls.length).toBeGreaterThan(8);
    const leadsNowhere = urls.filter((url) => {
      const { hostname, port } = new URL(url);
      return named('Service', hostname)?.spec.ports[0].port !== Number(port);
    });
    expect(leadsNowhere).toEqual([]);
  });

  test.each(pods)('%s runs with the least rights, and its volumes are there', (_, pod) => {
    const [container] = pod.containers;
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const volumes = (pod.volumes ?? []).map(({ name }) => name);
    expect((container.volumeMounts ?? []).map(({ name }) => name).sort()).toEqual(volumes.sort());
    for (const { persistentVolumeClaim } of pod.volumes ?? []) {
      if (!persistentVolumeClaim) continue;
      expect(named('PersistentVolumeClaim', persistentVolumeClaim.claimName)).toBeDefined();
    }
  });
});
