// `npm run secrets -- DIRECTORY`: the secrets of a deployment, one file each.
import { ConfigError } from '#platform/config.ts';
import { readStartSettings } from './config.ts';
import { writeSecretFiles } from './secret-files.ts';

const HELP = `npm run secrets -- DIRECTORY

  Writes one file per secret, and one with the URL of each service's database; a file that is there is kept.
  DATABASE_URL names a PostgreSQL server of your own; without it the URLs are those of docker-compose.yml.`;

const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined || directory.startsWith('-') || rest.length > 0) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  try {
    const { written, kept } = await writeSecretFiles(directory, readStartSettings());
    console.log(`${directory}: wrote ${written.join(', ')}`);
    if (kept.length > 0) console.log(`kept as they were: ${kept.join(', ')}`);
  } catch (error) {
    console.error(
      error instanceof ConfigError || (error instanceof Error && 'code' in error)
        ? `The secrets cannot be written: ${error.message}`
        : error,
    );
    process.exitCode = 1;
  }
}
