import { LEAVES, type Draft } from './graph-draft.ts';
import type { Random } from './random.ts';

/** Some names have the same type everywhere, so that fields of different types can be asked for under one name. */
const USUAL_TYPES: Record<string, string> = { alpha: 'String', beta: 'Int!', gamma: 'Color' };
const ARGUMENTS = [
  '(n: Int)',
  '(flag: Boolean! = true, text: String)',
  '(filter: Filter)',
  '(sizes: [Size!], n: Int! = 3)',
  '(id: ID!)',
];
/** Lists and nulls around a type. */
export const WRAPPERS = ['*', '*', '*!', '*!', '[*]', '[*!]!', '[*!]', '[*]!', '[[*!]]', '[[*]!]!'];

/** The types that a field can have; those with fields come more often. */
export function outputTypes(draft: Draft): string[] {
  const composite = [
    ...draft.entities.map(({ name }) => name),
    ...draft.values.filter(({ inaccessible }) => !inaccessible).map(({ name }) => name),
    ...draft.unions.keys(),
    ...draft.interfaces.map(({ name }) => name),
    ...(draft.entityInterface ? [draft.entityInterface.name] : []),
  ];
  return [...LEAVES, ...composite, ...composite];
}

/** A field as SDL, with its innermost type. */
export function fieldOf(draw: Random, name: string, base: string): { text: string; base: string } {
  const usual = USUAL_TYPES[name];
  if (usual && draw.chance(0.7)) return { text: `${name}: ${usual}`, base: usual.replace('!', '') };
  const args = draw.chance(0.3) ? draw.pick(ARGUMENTS) : '';
  return { text: `${name}${args}: ${draw.pick(WRAPPERS).replace('*', base)}`, base };
}
