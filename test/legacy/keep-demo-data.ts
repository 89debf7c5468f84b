// `node test/legacy/keep-demo-data.ts`: the demo data of the tests comes from the monolith's seed. Before that goes, this
// writes what the domains have of it into test/setup/demo-data, from where the tests take it when there is no monolith.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { provisionDatabases, SERVICE_DATABASES } from '#platform/database/provision.ts';
import { keepDemoData } from '../setup/demo-data.ts';
import { TEMPLATES, type ServiceUrls } from '../setup/templates.ts';

const directory = await mkdtemp(join(tmpdir(), 'keep-demo-data-'));
// PostgreSQL's user must get in when we are root.
await chmod(directory, 0o755);
const server = await startEmbeddedPostgres({
  directory: join(directory, 'postgres'),
  settings: TEST_SETTINGS,
});
try {
  const passwords = Object.fromEntries(SERVICE_DATABASES.map((name) => [name, 'demo-data']));
  const urls = await provisionDatabases(server.adminUrl, passwords as ServiceUrls);
  const filled = new Set<string>();
  for (const template of TEMPLATES) {
    if (template.fills.every((name) => filled.has(name))) continue;
    await template.build(urls);
    for (const name of template.fills) filled.add(name);
  }
  await keepDemoData(urls);
  console.log('test/setup/demo-data holds the demo data of the domains');
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
