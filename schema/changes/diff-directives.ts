import { DirectiveLocation, type GraphQLDirective } from 'graphql';
import { change, type Change } from './change.ts';
import { DIRECTIVE_ARGUMENT, diffInputValues } from './diff-input-values.ts';
import { diffMetadata } from './diff-metadata.ts';

const EXECUTABLE: readonly DirectiveLocation[] = [
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
];

/** The changes of directive definitions. What stands in schemas only cannot harm an operation. */
export function diffDirectives(
  base: readonly GraphQLDirective[],
  head: readonly GraphQLDirective[],
): Change[] {
  const before = new Map(base.map((directive) => [directive.name, directive]));
  const after = new Map(head.map((directive) => [directive.name, directive]));
  return [
    ...base
      .filter(({ name }) => !after.has(name))
      .map((directive) => {
        const path = `@${directive.name}`;
        const code = isExecutable(directive)
          ? 'directive-removed'
          : 'type-system-directive-changed';
        return change(code, path, `The directive \`${path}\` is removed.`);
      }),
    ...head
      .filter(({ name }) => !before.has(name))
      .map(({ name }) =>
        change('directive-added', `@${name}`, `The directive \`@${name}\` is added.`),
      ),
    ...base.flatMap((directive) => {
      const other = after.get(directive.name);
      return other ? diffDirective(directive, other) : [];
    }),
  ];
}

function isExecutable({ locations }: GraphQLDirective): boolean {
  return locations.some((location) => EXECUTABLE.includes(location));
}

function diffDirective(base: GraphQLDirective, head: GraphQLDirective): Change[] {
  const path = `@${base.name}`;
  const changes = [
    ...diffLocations(path, base, head),
    ...diffRepeatable(path, base, head),
    ...diffInputValues(DIRECTIVE_ARGUMENT, path, base.args, head.args),
  ];
  const metadata = diffMetadata(path, base, head);
  if (isExecutable(base)) return [...changes, ...metadata];
  return [
    ...changes.map(({ path, message, code }) =>
      // A location of operations that comes is news for clients also where there was none.
      change(
        code === 'directive-location-added' ? code : 'type-system-directive-changed',
        path,
        message,
      ),
    ),
    ...metadata,
  ];
}

function diffLocations(path: string, base: GraphQLDirective, head: GraphQLDirective): Change[] {
  const removed = base.locations.filter((location) => !head.locations.includes(location));
  const added = head.locations.filter((location) => !base.locations.includes(location));
  return [
    ...removed.map((location) =>
      change(
        EXECUTABLE.includes(location)
          ? 'directive-location-removed'
          : 'type-system-directive-changed',
        path,
        `\`${path}\` may no longer stand on ${location}.`,
      ),
    ),
    ...added.map((location) =>
      change('directive-location-added', path, `\`${path}\` may stand on ${location} now.`),
    ),
  ];
}

function diffRepeatable(path: string, base: GraphQLDirective, head: GraphQLDirective): Change[] {
  if (base.isRepeatable === head.isRepeatable) return [];
  return head.isRepeatable
    ? [change('directive-repeatable', path, `\`${path}\` may be repeated in one place now.`)]
    : [change('directive-not-repeatable', path, `\`${path}\` may no longer be repeated.`)];
}
