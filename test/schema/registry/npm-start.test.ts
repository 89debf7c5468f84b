import { describe, expect, test } from 'vitest';
import { SERVICE_DATABASES, type ServiceDatabase } from '#platform/database/provision.ts';
import { absences } from '#platform/start/absences.ts';
import { inheritedEnvironment, readStartSettings } from '#platform/start/config.ts';
import { LOCAL_KEY, serversOf } from '#platform/start/processes.ts';
import { drawSecrets, secretsFrom } from '#platform/start/secrets.ts';
import { gatewayConfig } from '../../../gateway/config.ts';
import { registryConfig } from '../../../schema/registry/config.ts';

async function environmentsOf(variables: Record<string, string>) {
  const settings = readStartSettings(variables);
  const servers = serversOf({
    settings,
    secrets: await secretsFrom(await drawSecrets(), settings),
    databases: Object.fromEntries(
      SERVICE_DATABASES.map((name) => [name, `postgres://${name}@127.0.0.1/${name}`]),
    ) as Record<ServiceDatabase, string>,
    dataDirectory: '/data',
  });
  const of = (wanted: string) => servers.find(({ name }) => name === wanted)?.env ?? {};
  return { registry: of('registry'), gateway: of('gateway'), said: absences(settings).join('\n') };
}

describe('npm start', () => {
  test('runs the registry with the key that the documentation names, on this machine only', async () => {
    const local = await environmentsOf({});
    expect(registryConfig(local.registry)).toMatchObject({
      PORT: 8030,
      REGISTRY_LOCAL_KEY: 'service:strangler-graph:local',
      CONTROL_DATABASE_URL: 'postgres://control@127.0.0.1/control',
    });
    expect(LOCAL_KEY).toBe('service:strangler-graph:local');
    const open = await environmentsOf({ HOST: '0.0.0.0' });
    expect(registryConfig(open.registry).REGISTRY_LOCAL_KEY).toBeUndefined();
    expect(open.said).toContain('the registry has no local key');
    expect(local.said).not.toContain('local key');
  });

  test('has the gateway read the committed supergraph, unless it is told of an Uplink', async () => {
    expect((await environmentsOf({ APOLLO_KEY: 'of Studio' })).gateway).toMatchObject({
      SUPERGRAPH: 'schema/supergraph.graphql',
    });
    const uplink = {
      APOLLO_KEY: LOCAL_KEY,
      APOLLO_GRAPH_REF: 'strangler-graph@current',
      APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: 'http://127.0.0.1:8030/uplink',
    };
    const { gateway, registry } = await environmentsOf(uplink);
    expect(gateway).not.toHaveProperty('SUPERGRAPH');
    expect(gateway).toMatchObject({ APOLLO_KEY: LOCAL_KEY });
    expect(gateway).toMatchObject({ USAGE_COLLECTOR_GRAPH_REF: 'strangler-graph@current' });
    // Only the gateway is told, by its own variables and by none that it inherits.
    expect(registry).not.toHaveProperty('APOLLO_KEY');
    expect(inheritedEnvironment(uplink)).toEqual({
      APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: uplink.APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT,
    });
  });

  test.each([
    ['strangler-graph@current', {}],
    ['strangler-graph@current', { APOLLO_GRAPH_REF: 'shop@current' }],
    ['strangler-graph@staging', { APOLLO_GRAPH_REF: 'strangler-graph@staging' }],
    ['bank@current', { APOLLO_GRAPH_REF: 'shop@current', REGISTRY_GRAPH: 'bank@current' }],
  ])(
    'records usage of %s with %o: the graph of the registry, whatever it is at Apollo',
    async (graphRef, told) => {
      const { gateway, registry } = await environmentsOf({
        APOLLO_KEY: 'service:shop:key',
        ...told,
      });
      const { graph } = registryConfig(registry).graph;
      expect(graphRef.split('@')[0]).toBe(graph);
      expect(gatewayConfig(gateway).usage?.destinations).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: 'collector', key: LOCAL_KEY, graphRef }),
        ]),
      );
    },
  );
});
