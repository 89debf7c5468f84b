/** What to do about the errors and hints of composition, by code. */
const MENDS: Readonly<Record<string, string>> = {
  INVALID_GRAPHQL:
    'Mend the schema language at this place; directives of Federation have to be imported with @link.',
  INVALID_FIELD_SHARING:
    'Mark the field @shareable in each of the subgraphs if all give the same, move it with @override, or take it out of all but one.',
  FIELD_TYPE_MISMATCH:
    'Give the field the same type in every subgraph; only nullability may differ.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument the same type in every subgraph.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'Give the argument the same default in every subgraph.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH:
    'Add the argument in the other subgraphs, or make it optional where it is required.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Give the input field the same default in every subgraph.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field in the other subgraphs, or make it optional where it is required.',
  EMPTY_MERGED_INPUT_TYPE:
    'Let the subgraphs share at least one field of the input type, or give them two types.',
  TYPE_KIND_MISMATCH:
    'Declare the type as the same kind everywhere, or give one of the two another name.',
  EXTENSION_WITH_NO_BASE: 'Declare the type in one subgraph, without `extend`.',
  ENUM_VALUE_MISMATCH:
    'Declare the same values in every subgraph, or mark the new one @inaccessible until all have it.',
  EMPTY_MERGED_ENUM_TYPE: 'Let the subgraphs share at least one value of the enum.',
  KEY_INVALID_FIELDS:
    'Name fields of this type in @key(fields:), and declare them in this subgraph.',
  KEY_FIELDS_HAS_ARGS: 'Use fields without arguments in @key.',
  KEY_FIELDS_SELECT_INVALID_TYPE:
    'Use scalars and objects in @key: no interfaces, unions or lists.',
  REQUIRES_FIELDS_MISSING_EXTERNAL: 'Drop the field from @requires, or mark it @external.',
  REQUIRES_INVALID_FIELDS: 'Declare the required field in this subgraph, marked @external.',
  PROVIDES_INVALID_FIELDS: 'Declare the provided field in this subgraph, marked @external.',
  PROVIDES_FIELDS_MISSING_EXTERNAL: 'Drop the field from @provides, or mark it @external.',
  PROVIDES_ON_NON_OBJECT_FIELD:
    'Take @provides away: only fields that give an object can carry it.',
  EXTERNAL_MISSING_ON_BASE: 'Declare the field without @external in the subgraph that answers it.',
  EXTERNAL_UNUSED: 'Take the field away, or use it in @key, @requires or @provides.',
  EXTERNAL_TYPE_MISMATCH:
    'Give the @external field the type that it has in the subgraph that answers it.',
  EXTERNAL_ARGUMENT_MISSING: 'Repeat the arguments on the @external field.',
  EXTERNAL_ARGUMENT_TYPE_MISMATCH:
    'Give the argument of the @external field the type that it has where it is answered.',
  SATISFIABILITY_ERROR:
    'Give the type a @key that both subgraphs know, and resolve it in the one that has the field; or mark the field @shareable and answer it in both.',
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES:
    'Let the shared field give at least one type in common in every subgraph.',
  OVERRIDE_FROM_SELF_ERROR: 'Name the subgraph that the field moves away from in @override(from:).',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'Finish the first move before the second: one @override per field.',
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE:
    'A field that moves can be neither @external, @requires nor @provides: shape the move without it.',
  OVERRIDE_ON_INTERFACE: 'Put @override on the field of each type.',
  OVERRIDE_LABEL_INVALID: 'Use the name of a move as the label, or `percent(0 to 100)`.',
  INTERFACE_FIELD_NO_IMPLEM:
    'Add the field to the type in the other subgraph, or leave it out of the interface.',
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION:
    'Give each type that implements the interface the same @key.',
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE:
    'Declare every implementing type in the subgraph that has the interface with @key.',
  INTERFACE_OBJECT_USAGE_ERROR:
    'Use @interfaceObject only for interfaces that are entities in another subgraph.',
  REFERENCED_INACCESSIBLE: 'Hide what refers to it as well, or show it.',
  ONLY_INACCESSIBLE_CHILDREN: 'Hide the whole type, or show one of its fields.',
  REQUIRED_INACCESSIBLE: 'Make it optional, or show it: clients could not give it.',
  DEFAULT_VALUE_USES_INACCESSIBLE: 'Use a default that clients can see.',
  IMPLEMENTED_BY_INACCESSIBLE:
    'Hide the field of the implementing type only together with that of the interface.',
  QUERY_ROOT_TYPE_INACCESSIBLE: 'Show the query type.',
  NO_QUERIES: 'Give at least one subgraph a `type Query` with a field.',
  INVALID_SHAREABLE_USAGE: 'Take @shareable away here: it belongs on fields of object types.',
  INVALID_LINK_DIRECTIVE_USAGE: 'Write @link(url:, import:) as the specification says.',
  UNKNOWN_FEDERATION_LINK_VERSION: 'Link https://specs.apollo.dev/federation/v2.9 or older.',
  UNKNOWN_LINK_VERSION: 'Link a version that exists.',
  INVALID_SUBGRAPH_NAME: 'Give the subgraph another name.',
  ROOT_QUERY_USED: 'Do not use the name `Query` for another type than that of queries.',
  ROOT_MUTATION_USED: 'Do not use the name `Mutation` for another type than that of mutations.',
  DIRECTIVE_COMPOSITION_ERROR: 'Define the directive alike in every subgraph that composes it.',
  INCONSISTENT_DESCRIPTION: 'Describe it in the same words in every subgraph.',
  INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE: 'Use the same nullability in every subgraph.',
  INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE: 'Use the same nullability in every subgraph.',
  INCONSISTENT_DEFAULT_VALUE_PRESENCE: 'Give the default in every subgraph.',
  INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM:
    'Declare the value in every subgraph: clients cannot send it otherwise.',
  INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM: 'Declare the value in every subgraph.',
  INCONSISTENT_INPUT_OBJECT_FIELD:
    'Declare the input field in every subgraph: clients cannot send it otherwise.',
  INCONSISTENT_OBJECT_VALUE_TYPE_FIELD: 'Declare the field in every subgraph that has the type.',
  INCONSISTENT_UNION_MEMBER: 'Declare the member in every subgraph that has the union.',
  FROM_SUBGRAPH_DOES_NOT_EXIST: 'Name a subgraph that exists in @override(from:).',
  OVERRIDDEN_FIELD_CAN_BE_REMOVED:
    'Take the field out of the subgraph that it has moved away from.',
  OVERRIDE_DIRECTIVE_CAN_BE_REMOVED: 'Take @override away: the other side no longer has the field.',
};

/** What to do about an error or a hint of composition, where something general can be said. */
export function mendOf(code: string): string | undefined {
  return MENDS[code];
}

/** The codes that are explained. */
export const EXPLAINED_CODES: readonly string[] = Object.keys(MENDS);
