import { expect, test } from 'vitest';
import { inventoryConfig } from '../../subgraphs/inventory/config.ts';

test('a start without settings names every one that is missing, and nothing of their values', () => {
  const environment = { IDENTITY_SECRET: 'too short', GATEWAY_URL: 'nowhere' };
  expect(() => inventoryConfig(environment)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      problems: [
        expect.stringContaining('IDENTITY_SECRET is not valid'),
        expect.stringContaining('DATABASE_URL is not set'),
        expect.stringContaining('GATEWAY_URL is not valid'),
      ],
    }),
  );
  expect(() => inventoryConfig(environment)).not.toThrow(/too short|nowhere/);
});

test('the defaults are those of one machine', () => {
  const config = inventoryConfig({
    IDENTITY_SECRET: 'x'.repeat(32),
    DATABASE_URL: 'postgres://inventory@127.0.0.1/inventory',
  });
  expect(config).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8013,
    GATEWAY_URL: 'http://127.0.0.1:8000/graphql',
    REDIS_URL: undefined,
    INVENTORY_SWEEP_MS: 10_000,
  });
});
