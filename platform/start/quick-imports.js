// Loaded before the main file of a process, so that it starts in half the time. For every module of a package Node
// parses the package's whole package.json; that of drizzle-orm has 178 kB (0.45.4) and a process loads 108 of its
// modules. How they relate is known without it: they import each other by relative names, and are ES modules.
//
// Plain JavaScript, and without the hooks where Node has none: npm's own Node, which may be older, loads it too.
import module from 'node:module';

const PACKAGE = '/node_modules/drizzle-orm/';

module.registerHooks?.({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    const isKnown =
      specifier.startsWith('.') && specifier.endsWith('.js') && parentURL?.includes(PACKAGE);
    if (!isKnown) return next(specifier, context);
    const url = new URL(specifier, parentURL).href;
    return { url, format: 'module', shortCircuit: true };
  },
});
