import { print } from 'graphql';
import type { Severity } from '#schema/finding.ts';
import type { SchemaElement } from '#schema/compose/schema-elements.ts';
import { markDifference, type MarkRule } from './marks.ts';
import type { MovedField, Sides } from './moved-fields.ts';
import type { MoveFacts } from './moves-report.ts';

/** A rule for a field that moves. */
export interface MoveRule {
  readonly severity: Severity;
  readonly reason: string;
  readonly mend: string;
  /** What is wrong with a field; null where nothing is. */
  readonly check: (field: MovedField, sides: Sides, facts: MoveFacts) => string | null;
}

const PERCENT = /^percent\(/;

/** The rules for one field and the field that it takes over from, by code. */
export const MOVE_RULES: Readonly<Record<string, MoveRule>> = {
  'label-missing': {
    severity: 'error',
    reason:
      'Without a label the field takes over at once, for everybody, and nothing but a new schema brings it back.',
    mend: 'Add `label:` with the name of the move.',
    check: ({ path, label }) => (label === null ? `\`${path}\` overrides without a label.` : null),
  },
  'label-unknown': {
    severity: 'error',
    reason:
      'Data moves by the names of moves: a label that is none turns reads without their data.',
    mend: 'Use the name of a move, or add the move to platform/moves/moves.ts.',
    check: ({ path, label }, _sides, { moves }) => {
      if (label === null || PERCENT.test(label) || moves.some(({ name }) => name === label))
        return null;
      return `The label "${label}" of \`${path}\` is no move; moves are ${moves.map(({ name }) => name).join(', ')}.`;
    },
  },
  'label-without-move': {
    severity: 'warning',
    reason: 'A share of requests goes to the new side, and nothing brings the data there.',
    mend: 'Use the name of a move; its percentage is set by `npm run move`.',
    check: ({ path, label }) =>
      label !== null && PERCENT.test(label)
        ? `The label "${label}" of \`${path}\` belongs to no move.`
        : null,
  },
  'label-of-other-domain': {
    severity: 'error',
    reason: 'The data of a move goes to one subgraph: another one that answers has none of it.',
    mend: 'Use a label of this subgraph.',
    check: ({ path, label, element }, _sides, { moves }) => {
      const move = moves.find(({ name }) => name === label);
      return move && move.domain !== element.subgraph.name
        ? `The label "${label}" of \`${path}\` moves to ${move.domain}, not to ${element.subgraph.name}.`
        : null;
    },
  },
  'side-missing': {
    severity: 'error',
    reason: 'While the label is off nobody answers the field.',
    mend: 'Keep the field on the other side until the move is sealed, then take @override away.',
    check: ({ path, from, label }, sides, { sealed }) => {
      if (!sides.subgraphs.some(({ name }) => name === from))
        return `\`${path}\` overrides "${from}", which is no subgraph.`;
      if (sides.at(from, path) || (label !== null && sealed.includes(label))) return null;
      return `\`${path}\` overrides a field that ${from} does not have.`;
    },
  },
  'side-type': {
    severity: 'error',
    reason: 'Clients would get another type by where a request is answered.',
    mend: 'Give both sides the same type, nullability included.',
    check: ({ path, node, from, element }, sides) => {
      const other = sides.at(from, path)?.node;
      if (!other || !('type' in other)) return null;
      const [here, there] = [print(node.type), print(other.type)];
      return here === there
        ? null
        : `\`${path}\` is \`${here}\` in ${element.subgraph.name} and \`${there}\` in ${from}.`;
    },
  },
  'side-arguments': {
    severity: 'error',
    reason:
      'The same operation would be refused, or understood differently, by where it is answered.',
    mend: 'Give both sides the same arguments, with the same types and defaults.',
    check: (field, sides) => differing(field, sides, typeText),
  },
  'side-description': {
    severity: 'warning',
    reason: 'Whose words the manual has would depend on the order of composition.',
    mend: 'Use the same words on both sides.',
    check: (field, sides) => marksDiffer('side-description', field, sides),
  },
  'side-tags': {
    severity: 'error',
    reason:
      'Tags of both sides are merged: what one side hides from a contract the other hides for it.',
    mend: 'Give both sides the same tags.',
    check: (field, sides) => marksDiffer('side-tags', field, sides),
  },
  'side-authorization': {
    severity: 'error',
    reason: 'Requirements of both sides are merged; read alone, one side claims to be open.',
    mend: 'Give both sides the same @authenticated, @requiresScopes and @policy.',
    check: (field, sides) => marksDiffer('side-authorization', field, sides),
  },
  'side-deprecation': {
    severity: 'warning',
    reason: 'Clients are warned of it by one side alone.',
    mend: 'Deprecate it on both sides, for the same reason.',
    check: (field, sides) => marksDiffer('side-deprecation', field, sides),
  },
  'moved-through-interface': {
    severity: 'warning',
    reason:
      'Operations that select it on the interface are planned to the old side, whatever the label.',
    mend: 'Leave the field out of the interface, or move it without relying on the interface.',
    check: ({ path, type, node, element, from }, sides) => {
      const parents = [element.subgraph.name, from].flatMap((subgraph) => {
        const holder = sides.at(subgraph, type)?.node;
        const interfaces = holder && 'interfaces' in holder ? (holder.interfaces ?? []) : [];
        return interfaces
          .map(({ name }) => name.value)
          .filter((parent) => sides.at(subgraph, `${parent}.${node.name.value}`));
      });
      return parents.length > 0
        ? `\`${path}\` moves, and is also a field of the interface \`${parents[0]}\`.`
        : null;
    },
  },
};

function differing(
  { path, from, element }: MovedField,
  sides: Sides,
  text: (element: SchemaElement) => string,
): string | null {
  if (!sides.at(from, path)) return null;
  const own = sides.below(element.subgraph.name, path);
  const theirs = sides.below(from, path);
  const names = [...new Set([...own.keys(), ...theirs.keys()])];
  const wrong = names.flatMap((name) => {
    const [here, there] = [own.get(name), theirs.get(name)];
    const [a, b] = [here ? text(here) : null, there ? text(there) : null];
    if (a === b) return [];
    const coordinate = `\`${path}(${name}:)\``;
    if (a === null) return [`${coordinate} is missing in ${element.subgraph.name}`];
    if (b === null) return [`${coordinate} is missing in ${from}`];
    return [`${coordinate} is \`${a}\` in ${element.subgraph.name} and \`${b}\` in ${from}`];
  });
  return wrong.length > 0 ? `${wrong.join('; ')}.` : null;
}

/** How the two sides of a field, or of its arguments, differ in what is said of them. */
function marksDiffer(
  rule: MarkRule,
  { path, from, element }: MovedField,
  sides: Sides,
): string | null {
  const here = element.subgraph.name;
  const paths = [path, ...[...sides.below(here, path).values()].map((argument) => argument.path)];
  const wrong = paths.flatMap(
    (one) => markDifference(rule, sides.all(here, one), sides.all(from, one)) ?? [],
  );
  return wrong.length > 0 ? wrong.join(' ') : null;
}

/** A type with its default, as it is written. */
export function typeText({ node }: SchemaElement): string {
  if (!('type' in node)) return '';
  const fallback = 'defaultValue' in node ? node.defaultValue : undefined;
  return fallback ? `${print(node.type)} = ${print(fallback)}` : print(node.type);
}
