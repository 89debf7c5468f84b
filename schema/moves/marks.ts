import { print } from 'graphql';
import { stringArgument, type SchemaElement } from '#schema/compose/schema-elements.ts';

/** What a side says of a thing beside its type. A thing that is written in several places has several elements. */
interface Mark {
  /** How two sides differ, where they do. */
  readonly difference: (path: string, here: Said, there: Said) => string;
  readonly of: (elements: readonly SchemaElement[]) => string;
}

/** A side, and what it says. */
interface Said {
  readonly side: string;
  readonly words: string;
}

/** By the rule that tells of a difference. */
const MARKS = {
  'side-description': {
    difference: (path, here, there) =>
      `\`${path}\` is described differently in ${here.side} and ${there.side}.`,
    of: (elements) => elements.map(descriptionOf).join('\n').trim(),
  },
  'side-tags': directives('tags', ['@tag'], (node) => stringArgument(node, 'name') ?? ''),
  'side-authorization': directives('requirements', [
    '@authenticated',
    '@requiresScopes',
    '@policy',
  ]),
  'side-deprecation': directives('deprecation', ['@deprecated']),
} satisfies Readonly<Record<string, Mark>>;

export type MarkRule = keyof typeof MARKS;

export const MARK_RULES = Object.keys(MARKS) as MarkRule[];

/** How two sides differ in what they say of a thing; null where they do not, or one of them does not have it. */
export function markDifference(
  rule: MarkRule,
  own: readonly SchemaElement[],
  other: readonly SchemaElement[],
): string | null {
  const { difference, of }: Mark = MARKS[rule];
  const [mine, theirs] = [own[0], other[0]];
  if (!mine || !theirs) return null;
  const [here, there] = [of(own), of(other)];
  if (here === there) return null;
  const said = (element: SchemaElement, words: string): Said => ({
    side: element.subgraph.name,
    words,
  });
  return difference(mine.path, said(mine, here), said(theirs, there));
}

function directives(
  noun: string,
  names: readonly string[],
  text: (node: SchemaElement['directives'][number]['node']) => string = print,
): Mark {
  const or = (words: string): string => (words === '' ? 'none' : words);
  return {
    difference: (path, here, there) =>
      `The ${noun} of \`${path}\` differ: ${or(here.words)} in ${here.side}, ${or(there.words)} in ${there.side}.`,
    of: (elements) =>
      elements
        .flatMap((element) => element.directives)
        .filter(({ name }) => names.includes(name))
        .map(({ node }) => text(node))
        .sort()
        .join(', '),
  };
}

function descriptionOf({ node }: SchemaElement): string {
  return 'description' in node ? (node.description?.value.trim() ?? '') : '';
}
