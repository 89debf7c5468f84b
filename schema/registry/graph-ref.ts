/** A graph and one of its variants, as in `shop@current`. */
export interface GraphRef {
  readonly graph: string;
  readonly variant: string;
}

/** Reads `graph@variant`; without a variant it is `current`, as everywhere at Apollo. */
export function parseGraphRef(text: string): GraphRef {
  const [graph = '', variant = 'current'] = text.split('@');
  return { graph, variant };
}

export function printGraphRef({ graph, variant }: GraphRef): string {
  return `${graph}@${variant}`;
}
