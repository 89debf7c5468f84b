import {
  getDirectiveValues,
  isInterfaceType,
  isObjectType,
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLDirective,
  type GraphQLInterfaceType,
  type GraphQLSchema,
} from 'graphql';
import { directiveName, type ProtectingDirective } from './directive-names.ts';
import { areEquivalent, requirementOf, united, type Requirement } from './requirement.ts';

/** What the fields and types of a supergraph require of a caller. All of a list have to be met. */
export interface Requirements {
  readonly schema: GraphQLSchema;
  /** Whether nothing is required anywhere. */
  readonly isEmpty: boolean;
  /** Of selecting a field: of an interface also what it requires in each type of objects. */
  ofField(parent: string, field: string): readonly Requirement[];
  /** Of a value of a type, or of a fragment on it. */
  ofType(type: string): readonly Requirement[];
  /** Of selecting fields of an interface itself: its objects may be of any type that implements it. */
  ofObjects(type: string): readonly Requirement[];
}

const NONE: readonly Requirement[] = [];

/**
 * Reads `@authenticated`, `@requiresScopes` and `@policy` from a supergraph.
 *
 * @param schema made from the SDL of the supergraph: the directives are read where they are written
 * @throws Error where the directives are used, but not defined or not as federation defines them
 */
export function readRequirements(schema: GraphQLSchema): Requirements {
  const read = requirementReader(schema);
  const types = new Map<string, readonly Requirement[]>();
  const fields = new Map<string, readonly Requirement[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    add(types, type.name, read([type.astNode, ...type.extensionASTNodes]));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, astNode } of Object.values(type.getFields())) {
      add(fields, `${type.name}.${name}`, read([astNode]));
    }
  }
  const isEmpty = types.size === 0 && fields.size === 0;
  const objects = new Map<string, readonly Requirement[]>();
  for (const type of isEmpty ? [] : Object.values(schema.getTypeMap())) {
    if (!isInterfaceType(type)) continue;
    gather(schema, type, { types, fields, objects });
  }
  return {
    schema,
    isEmpty,
    ofField: (parent, field) => fields.get(`${parent}.${field}`) ?? NONE,
    ofType: (type) => types.get(type) ?? NONE,
    ofObjects: (type) => objects.get(type) ?? NONE,
  };
}

type ByName = Map<string, readonly Requirement[]>;

function add(map: ByName, name: string, requirements: readonly Requirement[]): void {
  if (requirements.length > 0) map.set(name, requirements);
}

/** Gives an interface what the types require that implement it. */
function gather(
  schema: GraphQLSchema,
  type: GraphQLInterfaceType,
  { types, fields, objects }: Record<'types' | 'fields' | 'objects', ByName>,
): void {
  const { name } = type;
  const possible = schema.getPossibleTypes(type);
  const required = united(possible.map((object) => types.get(object.name) ?? NONE));
  add(objects, name, required);
  // Composition writes onto an interface what its types require together. That is no requirement of the interface
  // itself: who asks for fields of certain types only, in fragments, needs what those types require.
  const own = types.get(name);
  if (own && areEquivalent(own, required)) types.delete(name);
  for (const field of Object.keys(type.getFields())) {
    const lists = [type, ...possible].map((each) => fields.get(`${each.name}.${field}`) ?? NONE);
    add(fields, `${name}.${field}`, united(lists));
  }
}

/** Reads the requirements that are written onto something. */
function requirementReader(
  schema: GraphQLSchema,
): (nodes: readonly (Annotated | null | undefined)[]) => readonly Requirement[] {
  const kinds = new Map<string, ProtectingDirective>();
  for (const directive of ['authenticated', 'requiresScopes', 'policy'] as const) {
    const name = directiveName(schema, directive);
    if (name !== null) kinds.set(name, directive);
  }
  return (nodes) =>
    united(
      nodes
        .flatMap((node) => node?.directives ?? [])
        .map((node) => {
          const directive = kinds.get(node.name.value);
          const definition = directive && schema.getDirective(node.name.value);
          if (directive && !definition) throw new Error(`@${node.name.value} is not defined.`);
          const requirement = definition ? fromDirective(directive, definition, node) : null;
          return requirement ? [requirement] : NONE;
        }),
    );
}

type Annotated = ASTNode & { readonly directives?: readonly ConstDirectiveNode[] };

function fromDirective(
  directive: ProtectingDirective,
  definition: GraphQLDirective,
  node: ConstDirectiveNode,
): Requirement | null {
  if (directive === 'authenticated') return requirementOf('authenticated', []);
  // The arguments are called like the kinds.
  const kind = directive === 'requiresScopes' ? 'scopes' : 'policies';
  const given = getDirectiveValues(definition, { directives: [node] })?.[kind];
  if (!isAlternatives(given)) {
    throw new Error(`@${node.name.value} has no lists of names in "${kind}".`);
  }
  return requirementOf(kind, given);
}

function isAlternatives(value: unknown): value is string[][] {
  return (
    Array.isArray(value) &&
    value.every((group) => Array.isArray(group) && group.every((name) => typeof name === 'string'))
  );
}
