import { expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { moveSettings, unknownMoveSettings } from '#platform/moves/config.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { standaloneConfig } from '../../../gateway/config.ts';
import { migrationConfig } from '../../../migration/config.ts';

const read = (environment: Record<string, string>) =>
  readConfig('test', { ...moveSettings(), ...unknownMoveSettings(environment) }, environment);

test.each([
  ['USE_NEW_PRODUCTS', 'USE_NEW_PRODUCT'],
  ['USE_NEW_ORDERS', 'USE_NEW_ORDER'],
  ['USE_NEW_INVENTRY', 'USE_NEW_INVENTORY'],
  ['use_new_auth', 'USE_NEW_AUTH'],
  ['USE_NEW_A', 'USE_NEW_AUTH, USE_NEW_AI'],
  [
    'USE_NEW_SHOP',
    'USE_NEW_AUTH, USE_NEW_PRODUCT, USE_NEW_INVENTORY, USE_NEW_ORDER, USE_NEW_UPLOAD, USE_NEW_AI',
  ],
])('%s is refused: %s is meant', (name, meant) => {
  expect(() => read({ [name]: 'true' })).toThrow(
    `${name} is not valid (no move has this name): expected ${meant}`,
  );
});

test('the right names, those of files, and empty ones pass', () => {
  expect(read({ USE_NEW_AUTH: 'true', USE_NEW_PRODUCTS: '' })).toMatchObject({
    USE_NEW_AUTH: true,
  });
  expect(unknownMoveSettings({ USE_NEW_AUTH_FILE: '/run/flags/auth' })).toEqual({});
});

test('every process that reads the flags of moves refuses others', () => {
  const wrong = { USE_NEW_PRODUCTS: 'true' };
  const gateway = { supergraph: 'x', port: undefined, trustOverrideHeader: false };
  for (const start of [
    () => readStartSettings(wrong),
    () => standaloneConfig(gateway, wrong),
    () => migrationConfig(wrong),
  ]) {
    expect(start).toThrow('USE_NEW_PRODUCTS is not valid (no move has this name)');
  }
});
