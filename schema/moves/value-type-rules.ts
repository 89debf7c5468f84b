import { print } from 'graphql';
import type { Finding } from '#schema/finding.ts';
import { placeOf } from '#schema/compose/coordinates.ts';
import type { SchemaElement } from '#schema/compose/schema-elements.ts';
import { MARK_RULES, markDifference } from './marks.ts';
import { MOVE_RULES, typeText } from './move-rules.ts';
import type { MovedField, Sides } from './moved-fields.ts';

/**
 * Types that move with a field have to be alike on both sides: what a field gives, down to the next entity, and what its
 * arguments take. What one side lacks cannot be selected, or sent, in every state of the label.
 */
export function valueTypeFindings(sides: Sides): Finding[] {
  const told = new Set<string>();
  return sides.fields.flatMap((field) => {
    if (field.label === null || !sides.at(field.from, field.path)) return [];
    const here = field.element.subgraph.name;
    return typesBelow(field, sides).flatMap((type) => {
      const key = `${type} ${here} ${field.from}`;
      if (told.has(key)) return [];
      told.add(key);
      return compared(type, field, sides);
    });
  });
}

/** The types that come with a field: those of its arguments, and those that it gives, entities left out. */
function typesBelow(field: MovedField, sides: Sides): string[] {
  const subgraph = field.element.subgraph.name;
  const found = new Set<string>();
  const visit = (type: string): void => {
    const element = sides.at(subgraph, type);
    if (!element || found.has(type) || sides.isEntity(subgraph, type)) return;
    found.add(type);
    for (const part of sides.below(subgraph, type).values()) {
      visit(namedType(part));
      for (const argument of sides.below(subgraph, part.path).values()) visit(namedType(argument));
    }
    if ('types' in element.node)
      for (const member of element.node.types ?? []) visit(member.name.value);
  };
  visit(namedType(field.element));
  for (const argument of sides.below(subgraph, field.path).values()) visit(namedType(argument));
  return [...found];
}

function namedType({ node }: SchemaElement): string {
  return 'type' in node ? print(node.type).replaceAll(/[[\]!]/g, '') : '';
}

function compared(type: string, field: MovedField, sides: Sides): Finding[] {
  const [here, there] = [field.element.subgraph.name, field.from];
  const [own, other] = [sides.at(here, type), sides.at(there, type)];
  const finding = (message: string): Finding => ({
    ...findingAt(type, message, field, own),
    rule: 'side-value-type',
    severity: 'error',
    mend: 'Declare the type alike on both sides, its fields and values included.',
  });
  if (!own) return [];
  if (!other) return [finding(`\`${type}\` is missing in ${there}.`)];
  const [a, b] = [partsOf(own, sides), partsOf(other, sides)];
  const shapes = [...new Set([...a.keys(), ...b.keys()])].flatMap((path) => {
    const [mine, theirs] = [a.get(path), b.get(path)];
    if (mine === theirs) return [];
    const name = path.slice(type.length + 1);
    if (mine === undefined) return [finding(`\`${type}\` has \`${name}\` in ${there} only.`)];
    if (theirs === undefined) return [finding(`\`${type}\` has \`${name}\` in ${here} only.`)];
    return [finding(`\`${path}\` is \`${mine}\` in ${here} and \`${theirs}\` in ${there}.`)];
  });
  // A part that moves by itself is compared as the field that it is.
  const moving = new Set(sides.fields.map(({ path }) => path));
  const others = [type, ...a.keys()].filter((path) => !moving.has(path.replace(/\(.*/, '')));
  return [...shapes, ...others.flatMap((path) => differentMarks(path, field, sides))];
}

/** What the sides say differently of a type that both have, or of a part of it. */
function differentMarks(path: string, field: MovedField, sides: Sides): Finding[] {
  const [own, other] = [sides.all(field.element.subgraph.name, path), sides.all(field.from, path)];
  return MARK_RULES.flatMap((rule) => {
    const message = markDifference(rule, own, other);
    const known = MOVE_RULES[rule];
    if (message === null || !known) return [];
    const { severity, mend } = known;
    return [{ ...findingAt(path, message, field, own[0]), rule, severity, mend }];
  });
}

function findingAt(
  path: string,
  message: string,
  field: MovedField,
  element: SchemaElement | undefined,
) {
  const at = placeOf(element?.node ?? field.node);
  return {
    path,
    message: `${message} It moves with \`${field.path}\`.`,
    ...(at ? { at } : {}),
    subgraph: field.element.subgraph.name,
  };
}

/** Fields with their types, their arguments, values of an enum, members of a union: by coordinate. */
function partsOf(element: SchemaElement, sides: Sides): Map<string, string> {
  const subgraph = element.subgraph.name;
  const parts = [...sides.below(subgraph, element.path).values()];
  const all = parts.flatMap((part) => [part, ...sides.below(subgraph, part.path).values()]);
  const members = 'types' in element.node ? (element.node.types ?? []) : [];
  return new Map([
    ...all.map((part): [string, string] => [part.path, typeText(part)]),
    ...members.map((member): [string, string] => [`${element.path}.${member.name.value}`, '']),
  ]);
}
