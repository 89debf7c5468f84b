import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { objectShape, type FieldShape, type ObjectShape } from './answer-shape.ts';
import { writeAnswer, type WrittenAnswer } from './answer-writer.ts';
import type { Reading } from './collected-fields.ts';
import type { VariableValues } from './conditions.ts';
import { introspectionWriter, type IntrospectionWriter } from './introspection.ts';

/** Writes the answer of an operation. @param raw the variables as the client sent them */
export type AnswerWriter = (
  data: Record<string, unknown>,
  variables: VariableValues,
  raw: VariableValues,
) => WrittenAnswer;

/** The shapes of an answer for certain values of the variables in @skip and @include. */
interface ConditionedShapes {
  readonly root: ObjectShape;
  readonly introspection: Map<FieldShape, IntrospectionWriter>;
}

/** Values of n variables have 2ⁿ combinations: beyond these, shapes are made anew. */
const MAX_COMBINATIONS = 64;

/**
 * Makes a writer for the answers of an operation.
 *
 * @param schema what clients see
 * @param denied fields that are null without an error
 */
export function compileAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  denied: ReadonlySet<FieldNode>,
): AnswerWriter {
  const fragments = fragmentsOf(document);
  const names = variablesOfConditions(document);
  const combinations = new Map<string, ConditionedShapes>();
  return (data, variables, raw) => {
    const key = names.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let shapes = combinations.get(key);
    if (!shapes) {
      if (combinations.size >= MAX_COMBINATIONS) combinations.clear();
      // Only these values are kept, not all that a client sent once.
      const conditions = Object.fromEntries(names.map((name) => [name, variables[name] === true]));
      shapes = conditionedShapes({ schema, fragments, variables: conditions, denied }, operation);
      combinations.set(key, shapes);
    }
    const { root, introspection } = shapes;
    return writeAnswer(schema, root, data, (field) => introspect(introspection, field)(raw));
  };

  function introspect(
    writers: Map<FieldShape, IntrospectionWriter>,
    field: FieldShape,
  ): IntrospectionWriter {
    const known = writers.get(field);
    if (known) return known;
    const made = introspectionWriter(schema, field.introspection ?? [], operation, fragments);
    writers.set(field, made);
    return made;
  }
}

function conditionedShapes(
  reading: Reading,
  { operation, selectionSet }: OperationDefinitionNode,
): ConditionedShapes {
  const type = reading.schema.getRootType(operation);
  if (!type) throw new Error(`The schema has no ${operation}.`);
  const sources = [{ selections: selectionSet.selections, type }];
  return {
    root: objectShape(reading, sources, null),
    introspection: new Map(),
  };
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

function variablesOfConditions(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) {
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
    },
  });
  return [...names];
}
