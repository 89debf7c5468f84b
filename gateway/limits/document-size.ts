import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large the largest operation of a document is, with its fragments written out. */
export interface DocumentSize {
  /** Levels of fields. */
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

/** The size of a selection set. `rootFields` are those that stand in it directly or by fragments. */
type Size = { -readonly [Key in keyof DocumentSize]: number };

const NOTHING: DocumentSize = { depth: 0, fields: 0, aliases: 0, rootFields: 0 };

/** Selection sets within one another, fragments followed, that are looked into; deeper than any limit may be. */
const DEEPEST = 1_000;
const BOTTOMLESS: DocumentSize = { ...NOTHING, depth: DEEPEST + 1 };

/**
 * Measures a document that need not be valid. Each fragment is walked once however often it is spread, so the
 * time is that of reading the document, whatever it grows to. A spread of a fragment within itself, or of none,
 * counts as nothing: validation refuses both.
 */
export function documentSize(document: DocumentNode): DocumentSize {
  const sizes = fragmentSizes(document);
  const largest = { ...NOTHING };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = sizeOfSet(definition.selectionSet, 1, sizes);
    for (const key of Object.keys(NOTHING) as (keyof Size)[]) {
      largest[key] = Math.max(largest[key], size[key]);
    }
  }
  return largest;
}

/** The size of a fragment by its name. `nesting` is how many selection sets one is in already. */
type FragmentSizes = (name: string, nesting: number) => DocumentSize;

function fragmentSizes(document: DocumentNode): FragmentSizes {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const known = new Map<string, DocumentSize>();
  const sizeOf: FragmentSizes = (name, nesting) => {
    const size = known.get(name);
    if (size) return size;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    // What a fragment finds when it comes back to itself.
    known.set(name, NOTHING);
    const measured = sizeOfSet(fragment.selectionSet, nesting, sizeOf);
    known.set(name, measured);
    return measured;
  };
  return sizeOf;
}

function sizeOfSet(set: SelectionSetNode, nesting: number, sizes: FragmentSizes): DocumentSize {
  if (nesting > DEEPEST) return BOTTOMLESS;
  const total = { ...NOTHING };
  for (const selection of set.selections) {
    const size = sizeOfSelection(selection, nesting + 1, sizes);
    total.depth = Math.max(total.depth, size.depth);
    total.fields += size.fields;
    total.aliases += size.aliases;
    total.rootFields += size.rootFields;
  }
  return total;
}

function sizeOfSelection(
  selection: SelectionNode,
  nesting: number,
  sizes: FragmentSizes,
): DocumentSize {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return sizes(selection.name.value, nesting);
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return sizeOfSet(selection.selectionSet, nesting, sizes);
  }
  const inner = selection.selectionSet
    ? sizeOfSet(selection.selectionSet, nesting, sizes)
    : NOTHING;
  return {
    depth: inner.depth + 1,
    fields: inner.fields + 1,
    aliases: inner.aliases + (selection.alias ? 1 : 0),
    rootFields: 1,
  };
}
