import { Kind, type DirectiveNode } from 'graphql';
import { directiveNames, elementsOf, type Element } from './coordinates.ts';
import type { Subgraph } from './subgraphs.ts';

/** A thing that a subgraph defines. */
export interface SchemaElement {
  /** Its schema coordinate. */
  readonly path: string;
  readonly name: string;
  readonly node: Element;
  readonly subgraph: Subgraph;
  /** The coordinate of what it belongs to; that of a type is empty. */
  readonly holder: string;
  /** The directives that it carries, under their own names, such as `@tag`. */
  readonly directives: readonly { readonly name: string; readonly node: DirectiveNode }[];
}

/** Everything that subgraphs define. */
export function schemaElements(subgraphs: readonly Subgraph[]): SchemaElement[] {
  return subgraphs.flatMap((subgraph) => {
    const aliases = new Map([...directiveNames(subgraph.typeDefs)].map(([name, as]) => [as, name]));
    return elementsOf(subgraph.typeDefs).map(({ path, node }): SchemaElement => {
      const directives = 'directives' in node ? (node.directives ?? []) : [];
      return {
        path,
        node,
        subgraph,
        name: /(\w+)(?::\))?$/.exec(path)?.[1] ?? path,
        holder: /^(.*?)(?:\.\w+|\(\w+:\))$/.exec(path)?.[1] ?? '',
        directives: directives.map((directive) => ({
          name: aliases.get(`@${directive.name.value}`) ?? `@${directive.name.value}`,
          node: directive,
        })),
      };
    });
  });
}

/** Whether an element extends a type that is defined elsewhere. */
export function isExtension({ node }: SchemaElement): boolean {
  return node.kind.endsWith('Extension');
}

/** Whether an element is a type, not a part of one. */
export function isType({ node, holder }: SchemaElement): boolean {
  return holder === '' && node.kind !== Kind.DIRECTIVE_DEFINITION;
}

/** The value of an argument of a directive, where it is a string. */
export function stringArgument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
