import { valueFromASTUntyped, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';

/** The directives of federation that protect fields and types. */
export type ProtectingDirective = 'authenticated' | 'requiresScopes' | 'policy';

/**
 * What a supergraph calls a directive of federation. It counts by the specification that it is linked from: one
 * that only has the usual name is somebody else's.
 *
 * @returns null where the supergraph does not link the specification
 * @see https://specs.apollo.dev/link/v1.0 for how `as` and `import` name things
 */
export function directiveName(
  schema: GraphQLSchema,
  directive: ProtectingDirective,
): string | null {
  const links = [schema.astNode, ...schema.extensionASTNodes].flatMap(
    (node) => node?.directives ?? [],
  );
  for (const link of links) {
    const { url, as, imports } = readLink(link);
    if (specificationOf(url) !== directive) continue;
    // The directive that is named like its specification takes the name that this has in the schema.
    return bare(imports.get(`@${directive}`) ?? as ?? directive);
  }
  return null;
}

interface Link {
  readonly url: unknown;
  readonly as: string | null;
  /** What is imported, by its own name, with the name that it has here. */
  readonly imports: ReadonlyMap<string, string>;
}

/** `@link` may have another name itself, so each directive of the schema is read as if it were one. */
function readLink({ arguments: given = [] }: ConstDirectiveNode): Link {
  const values = new Map(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const),
  );
  const as = values.get('as');
  const imported = values.get('import');
  return {
    // `@core(feature:)` came before `@link(url:)`.
    url: values.get('url') ?? values.get('feature'),
    as: typeof as === 'string' ? as : null,
    imports: new Map((Array.isArray(imported) ? imported : []).map(importOf)),
  };
}

function importOf(element: unknown): [string, string] {
  if (typeof element === 'string') return [element, element];
  const { name, as } = (element ?? {}) as { name?: unknown; as?: unknown };
  return [String(name), String(as ?? name)];
}

/** The name of the specification of federation that a URL identifies, whatever its version. */
function specificationOf(url: unknown): string | null {
  const [, name] = /^https:\/\/specs\.apollo\.dev\/(\w+)\/v\d+\.\d+\/?$/.exec(String(url)) ?? [];
  return name ?? null;
}

function bare(name: string): string {
  return name.replace(/^@/, '');
}
