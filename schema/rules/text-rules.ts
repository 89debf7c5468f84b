import { DEFAULT_DEPRECATION_REASON, Kind } from 'graphql';
import {
  isExtension,
  stringArgument,
  type SchemaElement,
} from '#schema/compose/schema-elements.ts';
import type { LintRule } from './lint-rule.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];
const OLDEST = 9;

/** What people read, and the labels that things carry. */
export const TEXT_RULES = {
  'description-missing': {
    severity: 'error',
    reason: 'The schema is the manual of those who write clients.',
    mend: 'Describe it in one sentence.',
    check: (element, { at }) => {
      const { node, path } = element;
      if (ROOTS.includes(path) || isExtension(element) || !('description' in node)) return null;
      // What several subgraphs define is described where one of them does.
      const isDescribed = at(path).some(
        (other) => 'description' in other.node && other.node.description?.value.trim(),
      );
      return isDescribed ? null : `\`${path}\` has no description.`;
    },
  },
  'deprecation-reason-missing': {
    severity: 'error',
    reason: 'Who uses it needs to know what to use instead.',
    mend: 'Write @deprecated(reason: "Use … instead.").',
    check: ({ path, directives }) => {
      const deprecated = directives.find(({ name }) => name === '@deprecated');
      if (!deprecated) return null;
      const reason = stringArgument(deprecated.node, 'reason')?.trim();
      return !reason || reason === DEFAULT_DEPRECATION_REASON
        ? `\`${path}\` is deprecated without a reason.`
        : null;
    },
  },
  'tag-unknown': {
    severity: 'error',
    reason: 'A tag that is misspelt hides nothing: what should be for few is for everybody.',
    mend: 'Use one of the `tags` of schema/policy.yaml, or add it there.',
    check: ({ path, directives }, { policy }) => {
      if (policy.tags.length === 0) return null;
      const unknown = directives
        .filter(({ name }) => name === '@tag')
        .map(({ node }) => stringArgument(node, 'name') ?? '')
        .filter((tag) => !policy.tags.includes(tag));
      return unknown.length > 0
        ? `\`${path}\` carries the tag ${unknown.map((tag) => `"${tag}"`).join(', ')}, which nobody knows.`
        : null;
    },
  },
  'federation-version': {
    severity: 'warning',
    reason:
      'Composition takes the newest version that a subgraph links: older ones change their meaning.',
    mend: `Link https://specs.apollo.dev/federation/v2.${OLDEST}.`,
    check: (element, { at }) => {
      const first = element.subgraph.typeDefs.definitions[0];
      if (element.node !== first && !isFirstNamed(element, at)) return null;
      const version = federationVersion(element);
      return version === OLDEST
        ? null
        : `The subgraph ${element.subgraph.name} links ${version === null ? 'no Federation 2' : `federation/v2.${version}`}.`;
    },
  },
} as const satisfies Record<string, LintRule>;

function isFirstNamed(
  element: SchemaElement,
  at: (path: string) => readonly SchemaElement[],
): boolean {
  const named = element.subgraph.typeDefs.definitions.find(
    (definition) => 'name' in definition && definition.name !== undefined,
  );
  return element.node === named && at(element.path).includes(element);
}

/** The minor version of Federation 2 that a subgraph links. */
function federationVersion({ subgraph }: SchemaElement): number | null {
  for (const definition of subgraph.typeDefs.definitions) {
    if (definition.kind !== Kind.SCHEMA_EXTENSION && definition.kind !== Kind.SCHEMA_DEFINITION) {
      continue;
    }
    for (const directive of definition.directives ?? []) {
      const url = stringArgument(directive, 'url') ?? '';
      const minor = /\/federation\/v2\.(\d+)/.exec(url)?.[1];
      if (directive.name.value === 'link' && minor !== undefined) return Number(minor);
    }
  }
  return null;
}
