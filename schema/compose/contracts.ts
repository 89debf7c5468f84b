import { composeSchemaContract } from '@theguild/federation-composition';
import { z } from 'zod';
import { compositionOf, servicesOf, type Composition } from './compose.ts';
import { readSchemaFile, yamlOf } from '#schema/schema-file.ts';
import type { Subgraph } from './subgraphs.ts';

/** A part of the graph for some clients, made by tags. */
export interface Contract {
  readonly name: string;
  /** What carries one of these tags is left out. */
  readonly exclude: readonly string[];
  /** With any tag here, only what carries one of them is in. */
  readonly include: readonly string[];
  /** The clients that are served it: folders of `schema/operations`, names in recorded traffic. */
  readonly clients: readonly string[];
}

const contractFile = z.strictObject({
  contracts: z.record(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'the name of a contract is lower-case letters, digits and -'),
    z.strictObject({
      exclude: z.array(z.string()).default([]),
      include: z.array(z.string()).default([]),
      clients: z.array(z.string()).default([]),
    }),
  ),
});

/** Reads the contracts of a file such as `schema/contracts.yaml`. @throws SchemaFileError */
export async function readContracts(file: string): Promise<Contract[]> {
  return contractsOf(file, await readSchemaFile(file));
}

/** The contracts of the text of a file. @throws SchemaFileError */
export function contractsOf(file: string, text: string): Contract[] {
  const { contracts } = yamlOf(file, text, contractFile);
  return Object.entries(contracts).map(([name, contract]) => ({ name, ...contract }));
}

/** The filter of a contract as the composers take it. */
export function filterOf({ include, exclude }: Contract) {
  return { include: new Set(include), exclude: new Set(exclude) };
}

/**
 * Composes what a contract leaves of subgraphs, without the types that nothing leads to any more.
 *
 * @throws CompositionError
 */
export function composeContract(subgraphs: readonly Subgraph[], contract: Contract): Composition {
  const result = composeSchemaContract(servicesOf(subgraphs), filterOf(contract), true);
  const composition = compositionOf(result, subgraphs);
  return { ...composition, supergraph: withVisibleFeatures(composition.supergraph) };
}

/** The links of a supergraph: the name of the specification, and another one that it may go by. */
const LINK = /@link\(url: "[^"]*\/(\w+)\/v[\d.]+"(?:, as: "(\w+)")?/g;

/**
 * Takes `@inaccessible` from the types of specifications, such as `requiresScopes__Scope`. The composer puts it on all
 * that no field leads to; Apollo's packages refuse a supergraph that hides types which are never shown anyway.
 */
function withVisibleFeatures(supergraph: string): string {
  const names = [...supergraph.matchAll(LINK)].map(([, name, alias]) => alias ?? name);
  const hidden = new RegExp(
    `^((?:scalar|enum|input) (?:${names.join('|')})__\\w+) @inaccessible`,
    'gm',
  );
  return supergraph.replaceAll(hidden, '$1');
}
