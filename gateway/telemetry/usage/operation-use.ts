import {
  calculateReferencedFieldsByType,
  usageReportingSignature,
} from '@apollo/utils.usagereporting';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** What an operation is reported as. It is equal for operations that differ in literals, aliases and order only. */
export interface OperationUse {
  /** A comment with its name, and its signature: its text without literals. */
  readonly key: string;
  /** The names of fields, by the type that they are selected of. */
  readonly fields: Readonly<Record<string, ReferencedFields>>;
}

export interface ReferencedFields {
  readonly fieldNames: string[];
  readonly isInterface: boolean;
}

/** An operation that was asked for. */
export interface UsedDocument {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly schema: GraphQLSchema;
}

/** What is reported of requests that were no operation, as Apollo Server has it: by the code of their error. */
export const NO_OPERATION: Readonly<Record<string, OperationUse>> = {
  GRAPHQL_PARSE_FAILED: { key: '## GraphQLParseFailure\n', fields: {} },
  GRAPHQL_VALIDATION_FAILED: { key: '## GraphQLValidationFailure\n', fields: {} },
  OPERATION_RESOLUTION_FAILURE: { key: '## GraphQLUnknownOperationName\n', fields: {} },
};

// Apollo Server keeps parsed documents, one set for each schema: so a text that comes again comes as the same object.
const known = new WeakMap<DocumentNode, Map<string | null, OperationUse>>();

/** What an operation is reported as. It is found out once for each document. */
export function operationUse(used: UsedDocument): OperationUse {
  const { document, operationName } = used;
  let byName = known.get(document);
  if (!byName) known.set(document, (byName = new Map()));
  let use = byName.get(operationName);
  if (!use) byName.set(operationName, (use = findOut(used)));
  return use;
}

function findOut({ document, operationName, schema }: UsedDocument): OperationUse {
  const signature = usageReportingSignature(document, operationName ?? '');
  const fields = calculateReferencedFieldsByType({
    document,
    schema,
    resolvedOperationName: operationName,
  });
  return { key: `# ${operationName ?? '-'}\n${signature}`, fields };
}
