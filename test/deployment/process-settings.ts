import { provisionConfig } from '#platform/database/config.ts';
// #region monolith
import { MOVES } from '#platform/moves/moves.ts';
// #endregion monolith
import { readStartSettings } from '#platform/start/config.ts';
import { SERVERS as STARTED, subgraphUrls } from '#platform/start/processes.ts';
import { gatewayConfig } from '../../gateway/config.ts';
// #region monolith
import { migrationConfig, serveConfig } from '../../migration/config.ts';
// #endregion monolith
import { registryConfig } from '../../schema/registry/config.ts';
import { authConfig } from '../../subgraphs/auth/config.ts';
import { inventoryConfig } from '../../subgraphs/inventory/config.ts';
// #region monolith
import { legacyConfig } from '../../subgraphs/legacy/config.ts';
import { monolithConfig } from '../../subgraphs/legacy/monolith/config.ts';
import { seedConfig } from '../../subgraphs/legacy/monolith/seed/config.ts';
// #endregion monolith
import { orderConfig } from '../../subgraphs/order/config.ts';
import { productConfig } from '../../subgraphs/product/config.ts';
import { resumeReviewConfig } from '../../subgraphs/resume-review/config.ts';
import { imageVariables } from './image.ts';

type Environment = Record<string, string | undefined>;

/** What each program reads its environment with, by its main file. */
const CONFIGS: Record<string, (environment: Environment) => unknown> = {
  'gateway/main.ts': gatewayConfig,
  // #region monolith
  'migration/main.ts': migrationConfig,
  'migration/serve.ts': serveConfig,
  // #endregion monolith
  'platform/database/main.ts': provisionConfig,
  'schema/registry/main.ts': registryConfig,
  'subgraphs/auth/main.ts': authConfig,
  'subgraphs/inventory/main.ts': inventoryConfig,
  // #region monolith
  'subgraphs/legacy/main.ts': legacyConfig,
  'subgraphs/legacy/monolith/main.ts': monolithConfig,
  'subgraphs/legacy/monolith/seed/main.ts': seedConfig,
  // #endregion monolith
  'subgraphs/order/main.ts': orderConfig,
  'subgraphs/product/main.ts': productConfig,
  'subgraphs/resume-review/main.ts': resumeReviewConfig,
};

/** The main file of every server that `npm start` starts. */
export const SERVERS = STARTED.map(({ entry }) => entry);

const OF_GATEWAY = Object.keys(subgraphUrls(readStartSettings({})));
// #region monolith
const FLAGS = MOVES.map(({ flag }) => flag);
OF_GATEWAY.push(...FLAGS, 'MIGRATION_URL', 'CONTROL_DATABASE_URL');
const MOVER = [...FLAGS, 'LEGACY_UPLOAD_DIRECTORY', 'RESUME_REVIEW_UPLOAD_DIRECTORY'];
// #endregion monolith

/** What a program would not miss, though it must be told: the defaults are those of one machine. */
const EASILY_FORGOTTEN: Record<string, readonly string[]> = {
  'gateway/main.ts': OF_GATEWAY,
  // #region monolith
  'migration/main.ts': MOVER,
  'migration/serve.ts': MOVER,
  // What a domain owns is written there for REST clients.
  'subgraphs/legacy/monolith/main.ts': Object.keys(subgraphUrls(readStartSettings({}))).filter(
    (name) => name !== 'SUBGRAPH_LEGACY_URL',
  ),
  // #endregion monolith
};

/** The variables that an environment lacks, and that the program would start without. */
export function forgottenVariables(
  [, entry = '']: readonly string[],
  environment: Record<string, string>,
): string[] {
  return (EASILY_FORGOTTEN[entry] ?? []).filter(
    (name) => !(name in environment || `${name}_FILE` in environment),
  );
}

/** To whom a gateway with an environment reports what clients use. */
export function usageDestinations(environment: Record<string, string>) {
  return gatewayConfig({ ...imageVariables(), ...environment }).usage?.destinations ?? [];
}

/**
 * Reads an environment as a program of the image would.
 *
 * @param command such as `['node', 'gateway/main.ts']`
 * @returns the variables that the program does not know
 * @throws ConfigError where it could not start
 */
export function unknownVariables(
  [program, entry = '']: readonly string[],
  environment: Record<string, string>,
): string[] {
  const read = CONFIGS[entry];
  if (program !== 'node' || !read) throw new Error(`${program} ${entry} is no program of ours`);
  const asked = new Set<PropertyKey>();
  const given: Environment = { ...imageVariables(), ...environment };
  read(
    new Proxy(given, {
      get: (target, name) => {
        asked.add(name);
        return Reflect.get(target, name) as string | undefined;
      },
    }),
  );
  return Object.keys(environment).filter((name) => !asked.has(name));
}
