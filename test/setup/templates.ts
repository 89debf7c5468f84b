// #region monolith
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { urlVariables } from '#platform/database/provision.ts';
import { basicEnvironment } from './basic-environment.ts';
// #endregion monolith
import { SERVICE_DATABASES, type ServiceDatabase } from '#platform/database/provision.ts';
import { restoreDemoData } from './demo-data.ts';

/** The URLs of the template databases, by service. */
export type ServiceUrls = Readonly<Record<ServiceDatabase, string>>;

/** Databases that are filled once per run, and then cloned by every test file that wants them. */
export interface Template {
  readonly fills: readonly ServiceDatabase[];
  /** What must be filled before, because these are filled from it. */
  readonly after: readonly ServiceDatabase[];
  build(urls: ServiceUrls): Promise<void>;
}

// #region monolith
/** A twentieth of the demo data: 50 products, 25 users, 250 orders, 5 resumes. */
export const TEST_SEED_SCALE = '0.05';
// #endregion monolith

/** What is filled, by the first that fills it. The other databases of a run are cloned empty. */
export const TEMPLATES: readonly Template[] = [
  // #region monolith
  {
    fills: ['legacy'],
    after: [],
    build: (urls) =>
      runMain('subgraphs/legacy/monolith/seed/main.ts', [], {
        DATABASE_URL: urls.legacy,
        SEED_SCALE: TEST_SEED_SCALE,
      }),
  },
  {
    fills: SERVICE_DATABASES.filter((service) => service !== 'legacy'),
    after: ['legacy'],
    build: (urls) => runMain('test/setup/fill-domains.ts', [], urlVariables(urls)),
  },
  // #endregion monolith
  { fills: SERVICE_DATABASES, after: [], build: (urls) => restoreDemoData(urls) },
];

// #region monolith
async function runMain(
  entry: string,
  words: readonly string[],
  variables: Record<string, string>,
): Promise<void> {
  const file = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const env = { ...basicEnvironment(), LOG_LEVEL: 'warn', ...variables };
  try {
    await promisify(execFile)(process.execPath, [file, ...words], { env, timeout: 110_000 });
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${entry} could not fill a template database: ${message}\n${stdout}${stderr}`, {
      cause: error,
    });
  }
}
// #endregion monolith
