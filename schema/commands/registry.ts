import { runProcess } from '#platform/process.ts';

export const summary =
  'serve the registry that Rover publishes to and gateways follow; its keys, its history, and the way back';
export const usage =
  'registry [keys create --name NAME --can read|check|publish | keys list | keys revoke NAME | variants create NAME [--from NAME] | history [--variant NAME] [--limit N] [--json] | rollback VERSION [--variant NAME]]';

/** Serves the registry, or does something with what it holds. @returns the exit code */
export async function run([word, ...rest]: readonly string[]): Promise<number> {
  switch (word) {
    case undefined: {
      const { registryConfig } = await import('#schema/registry/config.ts');
      const { startRegistry } = await import('#schema/registry/server.ts');
      await runProcess('registry', () => startRegistry(registryConfig()));
      return 0;
    }
    case 'keys':
      return (await import('#schema/registry/commands/keys.ts')).keys(rest);
    case 'variants':
      return (await import('#schema/registry/commands/variants.ts')).variants(rest);
    case 'history':
      return (await import('#schema/registry/commands/history.ts')).history(rest);
    case 'rollback':
      return (await import('#schema/registry/commands/roll-back.ts')).rollBack(rest);
    default:
      console.error(`Unknown word "${word}".\n\nUsage: npm run schema -- ${usage}`);
      return 2;
  }
}
