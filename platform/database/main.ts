import { ConfigError } from '#platform/config.ts';
import { provisionConfig } from './config.ts';
import { ProvisionError, provisionUrls, SERVICE_DATABASES, urlVariable } from './provision.ts';

const HELP = `node platform/database/main.ts provision

  Creates the database of each service with its role, as their URLs name them. What is there already is kept,
  passwords are set anew.

Reads DATABASE_URL, whose role needs CREATEDB and CREATEROLE, and the URLs of the services:
  ${SERVICE_DATABASES.map(urlVariable).join('\n  ')}`;

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === 'provision') {
  try {
    const { adminUrl, urls } = provisionConfig();
    await provisionUrls(adminUrl, urls);
    console.log(`provision: ${SERVICE_DATABASES.length} databases are there`);
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof ProvisionError;
    console.error(expected ? `provision: ${error.message}` : error);
    process.exitCode = 1;
  }
} else {
  console.error(HELP);
  process.exitCode = 2;
}
