import {
  addKey,
  define,
  LEAVES,
  loosened,
  mayStand,
  nameOf,
  typeOf,
  writeSubgraph,
  type Draft,
  type DraftSubgraph,
  type Entity,
  type Key,
} from './graph-draft.ts';
import { drawDependencies, drawInterfaceObject, drawUnevenFields } from './graph-dependencies.ts';
import { fieldOf, outputTypes } from './graph-fields.ts';
import { seededRandom } from './random.ts';

/** A federated graph, and what its world must know to answer alike in all its subgraphs. */
export interface GraphModel {
  readonly subgraphs: readonly { readonly name: string; readonly sdl: string }[];
  readonly labels: readonly string[];
  /** The types whose entities are counted together, by name. */
  readonly spaces: ReadonlyMap<string, string>;
  /** The implementations of an entity interface, in the order of their entities. */
  readonly implementations: ReadonlyMap<string, readonly string[]>;
  readonly neverNull: ReadonlySet<string>;
  readonly requires: ReadonlyMap<string, readonly string[]>;
}

const KEYS: Record<'id' | 'sku' | 'pair' | 'ref', Key> = {
  id: { selection: 'id', fields: ['id: ID!'] },
  sku: { selection: 'sku', fields: ['sku: String!'] },
  pair: { selection: 'partA partB', fields: ['partA: Int!', 'partB: String!'] },
  ref: { selection: 'ref { code }', fields: ['ref: Ref!'] },
};
const FIELDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
/** Draws a graph. Not every one can be composed: whoever asks discards what cannot. */
export function generateGraph(seed: number): GraphModel {
  const draw = seededRandom(seed);
  const names = ['ants', 'bees', 'cats', 'dogs'].slice(0, 2 + draw.int(3));
  const draft: Draft = {
    draw,
    subgraphs: names.map((name) => ({ name, types: new Map(), unions: new Map() })),
    entities: [],
    values: [],
    unions: new Map(),
    interfaces: [],
    entityInterface: undefined,
    labels: new Set(),
    neverNull: new Set(),
    requires: new Map(),
  };
  drawEntities(draft);
  drawValues(draft);
  drawAbstractTypes(draft);
  for (const entity of draft.entities) drawFields(draft, entity);
  for (const entity of draft.entities) drawDependencies(draft, entity);
  drawInterfaceObject(draft);
  drawUnevenFields(draft);
  for (const subgraph of draft.subgraphs) drawRoots(draft, subgraph);
  drawSharedRoots(draft);
  return modelOf(draft);
}

function drawEntities(draft: Draft): void {
  const { draw } = draft;
  const names = ['Product', 'User', 'Order', 'Review'].slice(0, 1 + draw.int(4));
  const hasInterface = names.length > 1 && draw.chance(0.5);
  const implementations = hasInterface ? names.slice(0, 2 + draw.int(names.length - 1)) : [];
  const home = draw.pick(draft.subgraphs);
  const others = draft.subgraphs.filter((subgraph) => subgraph !== home);
  const objectHome = hasInterface && draw.chance(0.8) ? draw.pick(others) : undefined;
  if (hasInterface) draft.entityInterface = { name: 'Node', implementations, home, objectHome };
  for (const name of names) {
    const implementing = implementations.includes(name);
    const drawn = draw.some(Object.values(KEYS), 0.3);
    const keys = implementing ? [...new Set([KEYS.id, ...drawn])] : drawn;
    const allowed = implementing
      ? draft.subgraphs.filter((subgraph) => subgraph !== objectHome)
      : draft.subgraphs;
    const homes = [...new Set([...(implementing ? [home] : []), ...draw.some(allowed, 0.6)])];
    draft.entities.push({ name, keys, homes, fields: [] });
    for (const subgraph of homes) {
      const held = draw.chance(0.6) ? keys : draw.some(keys, 0.5);
      for (const key of implementing ? new Set([KEYS.id, ...held]) : held) {
        addKey(subgraph, name, key);
      }
    }
  }
  if (hasInterface) declareEntityInterface(draft);
}

function declareEntityInterface({ entityInterface, draw }: Draft): void {
  if (!entityInterface) return;
  const { name, home, implementations } = entityInterface;
  const type = typeOf(home, name, 'interface');
  type.directives.add('@key(fields: "id")');
  const fields = ['id: ID!', 'label: String', ...(draw.chance(0.5) ? ['rank(n: Int): Int!'] : [])];
  for (const text of fields) {
    type.fields.set(nameOf(text), text);
    for (const implementation of implementations) {
      typeOf(home, implementation).interfaces.add(name);
      typeOf(home, implementation).fields.set(nameOf(text), text);
    }
  }
}

function drawValues(draft: Draft): void {
  const { draw } = draft;
  const names = ['Money', 'Box', 'Place'].slice(0, 1 + draw.int(3));
  for (const [index, name] of names.entries()) {
    const bases = [...LEAVES, ...LEAVES, ...names.slice(index + 1), ...names.slice(index + 1)];
    const entities = draft.entities.map((entity) => entity.name);
    const fields = draw.some(FIELDS, 0.35).map((field) => {
      const base = draw.chance(0.15) ? draw.pick(entities) : draw.pick(bases);
      return fieldOf(draw, field, base);
    });
    draft.values.push({ name, fields, inaccessible: false });
  }
  if (!draw.chance(0.3)) return;
  const hidden = ['alpha: String', 'delta: Int!'].map((text) => ({ text, base: 'Int' }));
  draft.values.push({ name: 'Secret', fields: hidden, inaccessible: true });
}

function drawAbstractTypes(draft: Draft): void {
  const { draw } = draft;
  const objects = [...draft.entities, ...draft.values].map((type) => type.name);
  for (const name of ['Pick', 'Find'].slice(0, draw.int(3))) {
    draft.unions.set(name, draw.some(objects, 0.5));
  }
  if (!draw.chance(0.6)) return;
  const base = draw.pick([...draft.values.map(({ name }) => name), ...LEAVES, 'Named']);
  draft.interfaces.push({
    name: 'Named',
    fields: new Map([
      ['title', 'title: String'],
      ['size', `size(n: Int): ${draw.pick(['Int', 'Int!'])}`],
      ['peer', `peer: ${draw.pick(['*', '[*]', '[*!]']).replace('*', base)}`],
    ]),
    base,
    implementations: draw.some(objects, 0.5),
  });
}

function drawFields(draft: Draft, entity: Entity): void {
  const { draw } = draft;
  for (const name of draw.some(FIELDS, 0.55)) {
    const owners = draw.chance(0.45) ? draw.some(entity.homes, 0.6) : [draw.pick(entity.homes)];
    const bases = outputTypes(draft).filter((base) =>
      owners.every((owner) => mayStand(draft, owner, base)),
    );
    const { text, base } = fieldOf(draw, name, draw.pick(bases));
    const [first, second] = owners;
    const overridden = owners.length === 2 && draw.chance(0.7);
    const shareable = owners.length > 1 && !overridden;
    entity.fields.push({ name, text, base, owners: overridden ? [] : owners, shareable });
    const hidden = draw.chance(0.05) ? ' @inaccessible' : '';
    for (const owner of owners) {
      const fields = typeOf(owner, entity.name).fields;
      const promised = shareable ? `${loosened(draft, entity.name, text)} @shareable` : text;
      fields.set(name, `${promised}${hidden}`);
      define(draft, owner, base);
    }
    if (overridden && first && second) {
      typeOf(second, entity.name).fields.set(name, `${text}${overrideOf(draft, first)}${hidden}`);
    }
  }
}

function overrideOf(draft: Draft, from: DraftSubgraph): string {
  const label = draft.draw.pick(['move-1', 'move-2', 'percent(30)', '']);
  if (label) draft.labels.add(label);
  return ` @override(from: "${from.name}"${label ? `, label: "${label}"` : ''})`;
}

function drawRoots(draft: Draft, subgraph: DraftSubgraph): void {
  const { draw } = draft;
  const bases = outputTypes(draft).filter((base) => mayStand(draft, subgraph, base));
  // Composite types lead somewhere: they come more often.
  const composite = bases.filter((base) => !LEAVES.includes(base));
  for (let index = 0; index < 1 + draw.int(3); index += 1) {
    const base = draw.pick(draw.chance(0.9) ? composite : bases);
    const { text } = fieldOf(draw, `${subgraph.name}${index}`, base);
    typeOf(subgraph, 'Query').fields.set(nameOf(text), text);
    define(draft, subgraph, base);
  }
  for (let index = 0; index < draw.int(3); index += 1) {
    const base = draw.pick(composite);
    const { text } = fieldOf(draw, `${subgraph.name}Write${index}`, base);
    typeOf(subgraph, 'Mutation').fields.set(nameOf(text), text);
    define(draft, subgraph, base);
  }
}

/** Root fields that several subgraphs answer, or that are on their way from one to another. */
function drawSharedRoots(draft: Draft): void {
  const { draw } = draft;
  for (const name of ['shared', 'moved'].filter(() => draw.chance(0.6))) {
    const [from, to] = draw.chance(0.5) ? draft.subgraphs : [...draft.subgraphs].reverse();
    if (!from || !to) return;
    const bases = outputTypes(draft).filter(
      (base) => mayStand(draft, from, base) && mayStand(draft, to, base),
    );
    const { text, base } = fieldOf(draw, name, draw.pick(bases));
    const directive = name === 'shared' ? ' @shareable' : '';
    typeOf(from, 'Query').fields.set(name, `${text}${directive}`);
    typeOf(to, 'Query').fields.set(name, `${text}${directive || overrideOf(draft, from)}`);
    define(draft, from, base);
    define(draft, to, base);
  }
}

function modelOf(draft: Draft): GraphModel {
  const { entityInterface } = draft;
  const implementations = entityInterface?.implementations ?? [];
  const spaces = new Map(
    draft.entities.map(({ name }) => [name, implementations.includes(name) ? 'Node' : name]),
  );
  if (entityInterface) spaces.set(entityInterface.name, entityInterface.name);
  return {
    subgraphs: draft.subgraphs
      .filter(({ types }) => types.size > 0)
      .map((subgraph) => ({ name: subgraph.name, sdl: writeSubgraph(subgraph) })),
    labels: [...draft.labels].sort(),
    spaces,
    implementations: new Map(entityInterface ? [[entityInterface.name, implementations]] : []),
    neverNull: draft.neverNull,
    requires: draft.requires,
  };
}
