import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  ConfigError,
  databaseSettings,
  flag,
  json,
  readConfig,
  secret,
  serverSettings,
} from '#platform/config.ts';

const shape = {
  ...serverSettings(8099),
  ...databaseSettings(),
  SECRET_KEY: secret(),
  FEATURE: flag(false),
  KEYS: json(z.object({ keys: z.array(z.string()) }), 'a JSON object with keys').optional(),
};

test('good settings are read with their defaults', () => {
  const config = readConfig('demo', shape, {
    DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/db',
    SECRET_KEY: 'x'.repeat(32),
    FEATURE: 'true',
    PORT: '',
    KEYS: '{"keys":["a"]}',
  });
  expect(config).toEqual({
    HOST: '127.0.0.1',
    PORT: 8099,
    LOG_LEVEL: 'info',
    DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/db',
    DATABASE_POOL_SIZE: 10,
    SECRET_KEY: 'x'.repeat(32),
    FEATURE: true,
    KEYS: { keys: ['a'] },
  });
});

test('every bad variable is named at once with what was expected, and no value is repeated', () => {
  const read = () =>
    readConfig('demo', shape, {
      PORT: '99999',
      DATABASE_URL: 'mysql://root:hunter2@x/y',
      SECRET_KEY: 'short-hunter2',
      FEATURE: 'yes',
      LOG_LEVEL: 'loud',
      KEYS: 'not json',
    });
  expect(read).toThrow(ConfigError);
  try {
    read();
  } catch (error) {
    const { message, problems } = error as ConfigError;
    expect(problems).toHaveLength(6);
    for (const name of ['PORT', 'DATABASE_URL', 'SECRET_KEY', 'FEATURE', 'LOG_LEVEL', 'KEYS']) {
      expect(message).toContain(`- ${name} is not valid`);
    }
    expect(message).toContain('expected true or false');
    expect(message).not.toContain('hunter2');
  }
});

test('a variable that is not set is told apart from one that is wrong', () => {
  expect(() => readConfig('demo', { SECRET_KEY: secret() }, {})).toThrow(
    'SECRET_KEY is not set: expected a secret of at least 32 characters',
  );
});

test('a secret may come from a file, and what is wrong with the file is said with the rest', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'key');
  writeFileSync(file, `${'s'.repeat(40)}\n`);
  const settings = { SECRET_KEY: secret(), OTHER: secret() };
  const environment = { SECRET_KEY_FILE: file, OTHER: 'o'.repeat(32) };
  expect(readConfig('demo', settings, environment)).toEqual({
    SECRET_KEY: 's'.repeat(40),
    OTHER: 'o'.repeat(32),
  });
  const read = () =>
    readConfig('demo', settings, {
      SECRET_KEY: 's'.repeat(40),
      SECRET_KEY_FILE: file,
      OTHER_FILE: '/no/such/file',
    });
  expect(read).toThrow('SECRET_KEY and SECRET_KEY_FILE are both set: keep one');
  expect(read).toThrow('OTHER_FILE names /no/such/file, which cannot be read (ENOENT)');
});
