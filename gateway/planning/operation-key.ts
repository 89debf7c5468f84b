import { createHash } from 'node:crypto';
import { print, type DefinitionNode, type DocumentNode } from 'graphql';

// Apollo Server keeps parsed documents, so a text that comes again comes as the same object.
const digests = new WeakMap<DocumentNode, string>();

/**
 * What an operation is known by: equal for documents that differ in white space, commas, comments and the
 * order of their definitions only.
 */
export function operationKey(document: DocumentNode, operationName: string | null): string {
  return `${digestOf(document)} ${operationName ?? ''}`;
}

function digestOf(document: DocumentNode): string {
  const known = digests.get(document);
  if (known) return known;
  const texts = document.definitions.map((definition: DefinitionNode) => print(definition));
  const digest = createHash('sha256').update(texts.sort().join('\n')).digest('base64');
  digests.set(document, digest);
  return digest;
}
