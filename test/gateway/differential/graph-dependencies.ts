import {
  define,
  LEAVES,
  mayStand,
  nameOf,
  typeOf,
  type Draft,
  type DraftSubgraph,
  type Entity,
  type EntityField,
} from './graph-draft.ts';
import { fieldOf, outputTypes, WRAPPERS } from './graph-fields.ts';

/** Fields that need others: `@requires`, also through nested selections, and `@provides`. */
export function drawDependencies(draft: Draft, entity: Entity): void {
  const { draw } = draft;
  for (const subgraph of entity.homes) {
    const foreign = entity.fields.filter(
      (field) => field.owners.length > 0 && !field.owners.includes(subgraph),
    );
    const usable = foreign.filter(
      (field) =>
        field.text.endsWith(field.base) || !field.text.includes('!)') || !field.text.includes('('),
    );
    if (usable.length > 0 && draw.chance(0.7)) {
      const needed = draw.some(usable, 0.4);
      const selections = needed.map((field) => requiredSelection(draft, subgraph, field));
      if (selections.every((selection) => selection !== undefined)) {
        const name = `needs${subgraph.name}`;
        const fields = typeOf(subgraph, entity.name).fields;
        for (const field of needed) {
          fields.set(field.name, `${field.text} @external`);
          define(draft, subgraph, field.base);
        }
        const { text } = fieldOf(draw, name, draw.pick(LEAVES));
        fields.set(name, `${text} @requires(fields: "${selections.join(' ')}")`);
        draft.requires.set(
          `${subgraph.name} ${entity.name}.${name}`,
          needed.map((field) => field.name),
        );
      }
    }
    drawProvided(draft, subgraph, entity);
  }
}

function requiredSelection(
  draft: Draft,
  subgraph: DraftSubgraph,
  field: EntityField,
): string | undefined {
  if (!mayStand(draft, subgraph, field.base)) return undefined;
  const given = field.text.includes('(n: Int)') ? `(n: ${draft.draw.int(3)})` : '';
  if (LEAVES.includes(field.base)) return `${field.name}${given}`;
  const value = draft.values.find(({ name }) => name === field.base);
  const leaves = value?.fields.filter(
    ({ base, text }) => LEAVES.includes(base) && !/\(/.test(text),
  );
  const entity = draft.entities.find(({ name }) => name === field.base);
  const inner = entity?.keys[0]?.selection ?? leaves?.map(({ text }) => nameOf(text)).join(' ');
  return inner ? `${field.name}${given} { ${inner} }` : undefined;
}

function drawProvided(draft: Draft, subgraph: DraftSubgraph, entity: Entity): void {
  const { draw } = draft;
  const provided = entity.fields.filter(
    (field) => field.shareable && !field.owners.includes(subgraph) && LEAVES.includes(field.base),
  );
  if (provided.length === 0 || !draw.chance(0.8)) return;
  const field = draw.pick(provided);
  const fields = typeOf(subgraph, entity.name).fields;
  if (!fields.has(field.name)) fields.set(field.name, `${field.text} @external`);
  const { text } = fieldOf(draw, `${subgraph.name}Giver`, entity.name);
  typeOf(subgraph, 'Query').fields.set(nameOf(text), `${text} @provides(fields: "${field.name}")`);
}

/** The fields of a subgraph that knows the entity interface as one type of objects. */
export function drawInterfaceObject(draft: Draft): void {
  const { draw, entityInterface } = draft;
  if (!entityInterface?.objectHome) return;
  const { name, objectHome } = entityInterface;
  const type = typeOf(objectHome, name);
  type.directives.add('@key(fields: "id")').add('@interfaceObject');
  type.fields.set('id', 'id: ID!');
  for (const field of draw.some(['extra', 'more', 'beyond'], 0.6)) {
    const bases = outputTypes(draft).filter((base) => mayStand(draft, objectHome, base));
    const { text, base } = fieldOf(draw, field, draw.pick(bases));
    type.fields.set(field, text);
    define(draft, objectHome, base);
  }
  if (!draw.chance(0.5)) return;
  type.fields.set('label', 'label: String @external');
  type.fields.set('badge', 'badge: String @requires(fields: "label")');
  draft.requires.set(`${objectHome.name} ${name}.badge`, ['label']);
}

/** The field that types of a union have, and that one subgraph promises differently for each of them. */
export const UNEVEN_FIELD = 'omega';

/**
 * Two types with a field that clients see alike, but whose types differ in one subgraph: a plan must rename it
 * where both are asked for together.
 */
export function drawUnevenFields(draft: Draft): void {
  const { draw, entities, subgraphs } = draft;
  const home = draw.pick(subgraphs);
  const [one, other] = entities.filter(({ homes }) => homes.includes(home));
  const second = one?.homes.find((subgraph) => subgraph !== home);
  if (!one || !other || !second || !draw.chance(0.8)) return;
  const type = draw.pick(['String', 'Int', 'Boolean']);
  typeOf(home, one.name).fields.set(UNEVEN_FIELD, `${UNEVEN_FIELD}: ${type}! @shareable`);
  typeOf(second, one.name).fields.set(UNEVEN_FIELD, `${UNEVEN_FIELD}: ${type} @shareable`);
  typeOf(home, other.name).fields.set(UNEVEN_FIELD, `${UNEVEN_FIELD}: ${type}`);
  draft.neverNull.add(`${one.name}.${UNEVEN_FIELD}`);
  home.unions.set('Uneven', [one.name, other.name]);
  typeOf(home, 'Query').fields.set(
    'uneven',
    `uneven: ${draw.pick(WRAPPERS).replace('*', 'Uneven')}`,
  );
  typeOf(home, one.name).fields.set('mixed', 'mixed(n: Int): [Uneven!]');
}
