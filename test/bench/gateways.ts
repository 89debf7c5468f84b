import { fileURLToPath } from 'node:url';

/** A gateway to measure. */
export interface GatewayUnderTest {
  readonly name: string;
  readonly command: (port: number) => string[];
  /** Where it answers; `/graphql` unless given. */
  readonly path?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The peers write no line for a request either. */
const NO_LOG = { ACCESS_LOG: 'false' };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Ours alone, with and without settings of its own. */
export function ours(
  supergraph: string,
  settings: Readonly<Record<string, Readonly<Record<string, string>>>>,
): GatewayUnderTest[] {
  const command = (port: number): string[] => [
    process.execPath,
    here('../../gateway/main.ts'),
    '--supergraph',
    supergraph,
    '--port',
    String(port),
  ];
  return Object.entries(settings).map(([name, env]) => ({
    name,
    command,
    env: { ...NO_LOG, ...env },
  }));
}

/** Ours and its peers, as their own documentation starts them. */
export function gateways(
  supergraph: string,
  ports: Readonly<Record<string, number>>,
): GatewayUnderTest[] {
  const urls = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}/graphql`]),
  );
  const node = process.execPath;
  const hive =
    (config: string, ...flags: string[]) =>
    (port: number): string[] => [
      node,
      here('peers/node_modules/@graphql-hive/gateway/dist/bin.js'),
      'supergraph',
      supergraph,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--config-path',
      here(`peers/${config}`),
      ...flags,
    ];
  return [
    {
      name: '@apollo/gateway',
      command: (port) => [node, here('apollo-gateway.ts'), supergraph, String(port)],
    },
    { name: 'hive (JavaScript)', command: hive('hive.config.ts') },
    { name: 'hive (Rust planner)', command: hive('hive.config.ts', '--hive-router-runtime') },
    {
      name: 'hive (Rust), no sharing',
      command: hive('hive-alone.config.ts', '--hive-router-runtime'),
    },
    {
      name: '@mercuriusjs/gateway',
      command: (port) => [node, here('peers/mercurius.ts'), JSON.stringify(urls), String(port)],
    },
    ...ours(supergraph, { 'ours, no sharing': { SHARE_FETCHES: 'false' }, ours: {} }),
  ];
}
