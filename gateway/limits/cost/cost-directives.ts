import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
} from 'graphql';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments that say how long the list becomes, as paths into them: `input.page.first`. */
  readonly slicingArguments: readonly (readonly string[])[];
  /** Fields of what the field returns that are as long as it says; empty: it is a list itself. */
  readonly sizedFields: readonly (readonly string[])[];
  readonly requireOneSlicingArgument: boolean;
}

/**
 * What a supergraph says of costs. Keys are coordinates: `Type`, `Type.field`, `Type.field(argument:)`,
 * `Input.field`.
 */
export interface CostDirectives {
  readonly weights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** https://specs.apollo.dev/cost/v0.1, which has the directives of IBM's GraphQL cost specification. */
const COST_SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/cost\/v0\.\d+\/?$/;

const NONE: CostDirectives = { weights: new Map(), listSizes: new Map() };

/** Reads the directives of a supergraph that is valid. */
export function readCostDirectives(sdl: string): CostDirectives {
  // Most supergraphs have none, and reading a large one takes its time.
  if (!sdl.includes('specs.apollo.dev/cost/')) return NONE;
  const document = parse(sdl, { noLocation: true });
  const names = directiveNames(document);
  if (names === null) return NONE;
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  for (const { coordinate, directives } of document.definitions.flatMap(elementsOf)) {
    for (const directive of directives) {
      const given = argumentsOf(directive);
      if (directive.name.value === names.listSize) listSizes.set(coordinate, listSize(given));
      const weight = Number(given['weight']);
      if (directive.name.value === names.cost && Number.isFinite(weight)) {
        weights.set(coordinate, weight);
      }
    }
  }
  return { weights, listSizes };
}

interface DirectiveNames {
  readonly cost: string;
  readonly listSize: string;
}

/** How the directives are called, by the rules of https://specs.apollo.dev/link/v1.0; null where they are not linked. */
function directiveNames(document: DocumentNode): DirectiveNames | null {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
      continue;
    }
    for (const directive of definition.directives ?? []) {
      const given = argumentsOf(directive);
      if (!COST_SPECIFICATION.test(String(given['url']))) continue;
      const namespace = typeof given['as'] === 'string' ? given['as'] : 'cost';
      const imported = importedNames(given['import']);
      return {
        cost: imported.get('@cost') ?? namespace,
        listSize: imported.get('@listSize') ?? `${namespace}__listSize`,
      };
    }
  }
  return null;
}

/** Names without `@`, by what is imported. */
function importedNames(given: unknown): Map<string, string> {
  const imports = Array.isArray(given) ? (given as unknown[]) : [];
  const entries = imports.map((item) => {
    const { name, as } =
      typeof item === 'string' ? { name: item } : (item as { name: string; as?: string });
    return [name, (as ?? name).replace(/^@/, '')] as const;
  });
  return new Map(entries);
}

interface Element {
  readonly coordinate: string;
  readonly directives: readonly ConstDirectiveNode[];
}

/** A type with its fields and their arguments. */
function elementsOf(definition: DefinitionNode): readonly Element[] {
  if (!('name' in definition) || !definition.name || !('directives' in definition)) return [];
  const type = definition.name.value;
  const elements: Element[] = [
    { coordinate: type, directives: (definition.directives ?? []) as ConstDirectiveNode[] },
  ];
  for (const field of 'fields' in definition ? (definition.fields ?? []) : []) {
    const coordinate = `${type}.${field.name.value}`;
    elements.push({ coordinate, directives: field.directives ?? [] });
    for (const argument of 'arguments' in field ? (field.arguments ?? []) : []) {
      const { name, directives = [] } = argument;
      elements.push({ coordinate: `${coordinate}(${name.value}:)`, directives });
    }
  }
  return elements;
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  const entries = directive.arguments ?? [];
  return Object.fromEntries(
    entries.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function listSize(given: Record<string, unknown>): ListSize {
  return {
    assumedSize: typeof given['assumedSize'] === 'number' ? given['assumedSize'] : null,
    slicingArguments: texts(given['slicingArguments']).map((path) => path.split('.')),
    // `page` and `results { page }` alike.
    sizedFields: texts(given['sizedFields']).map((path) => path.match(/\w+/g) ?? []),
    requireOneSlicingArgument: given['requireOneSlicingArgument'] !== false,
  };
}

function texts(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.map(String) : [];
}
