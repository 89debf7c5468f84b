import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diff } from '@graphql-inspector/core';
import { composeServices } from '@apollo/composition';
import { Source, buildSchema, parse as parseGraphql } from 'graphql';
import { parse } from 'yaml';
import { diffSchemas } from '#schema/changes/diff-schemas.ts';
import { composeGraph } from '#schema/compose/compose-graph.ts';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import { staticMoveFindings } from '#schema/moves/check-moves.ts';
import { sidesOf } from '#schema/moves/moved-fields.ts';
import type { MoveFacts } from '#schema/moves/moves-report.ts';
import { createStatePlanner } from '#schema/moves/operation-plans.ts';
import { planStates } from '#schema/moves/operation-states.ts';

/** A change with the verdicts that it has to get. Schemas are texts; where subgraphs change, texts by name. */
export interface Case<Schema> {
  readonly change: string;
  readonly base: Schema;
  /** Of subgraphs only those that change. */
  readonly head: Schema;
  /** `<criticality or severity> <code> <path>`, in any order. */
  readonly verdicts: readonly string[];
  /** What `@graphql-inspector/core` alone says. */
  readonly inspector: readonly string[];
  /** Why it is another verdict than ours. */
  readonly differs?: string;
}

export type Sdls = Readonly<Record<string, string>>;

const FOLDER = join(import.meta.dirname, 'catalogue');

export function readCases<Schema>(file: string): Case<Schema>[] {
  return parse(readFileSync(join(FOLDER, `${file}.yaml`), 'utf8')) as Case<Schema>[];
}

/** Reasons by code. */
export function readReasons(file: string): Readonly<Record<string, string>> {
  return parse(readFileSync(join(FOLDER, `${file}.yaml`), 'utf8')) as Record<string, string>;
}

/** Our verdicts of a change of the schema that clients see. */
export function verdictsOf({ base, head }: Case<string>): string[] {
  return diffSchemas(buildSchema(base), buildSchema(head)).map(
    ({ criticality, code, path }) => `${criticality} ${code} ${path}`,
  );
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag", "@authenticated", "@requiresScopes", "@policy", "@interfaceObject", "@composeDirective", "@context", "@fromContext", "@cost", "@listSize"])\n`;

const OWN_LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v';

/** The subgraphs of a case. One that begins with a link to Federation has no other. */
export function subgraphsOf(sdls: Sdls): Subgraph[] {
  return Object.entries(sdls).map(([name, sdl]) => {
    const file = `${name}.graphql`;
    const typeDefs = parseGraphql(new Source(sdl.startsWith(OWN_LINK) ? sdl : LINK + sdl, file));
    return { name, url: `http://${name}.test/graphql`, file, typeDefs };
  });
}

/** The errors of composing subgraphs. */
export async function compositionVerdicts(sdls: Sdls): Promise<string[]> {
  const { findings } = await composeGraph(subgraphsOf(sdls), [], true);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, path }) => `error ${rule} ${path ?? '-'}`);
}

/** What the inspector says of a change of one schema. */
export async function inspected(base: string, head: string): Promise<string[]> {
  const build = (sdl: string) => buildSchema(sdl, { assumeValidSDL: true });
  try {
    const changes = await diff(build(base), build(head));
    return changes.map(({ criticality, type, path }) => {
      const level = criticality.level.toLowerCase().replace('non_breaking', 'safe');
      return `${level} ${type} ${path ?? '-'}`;
    });
  } catch {
    return ['fails'];
  }
}

/** What the inspector says of each subgraph that changes; it knows nothing of the others. */
export async function inspectedSubgraphs({ base, head }: Case<Sdls>): Promise<string[]> {
  const verdicts = await Promise.all(
    Object.entries(head).map(async ([name, sdl]) =>
      (await inspected(base[name] ?? '', sdl)).map((verdict) => `${name}: ${verdict}`),
    ),
  );
  return verdicts.flat();
}

/** The gravest word among verdicts: what a check would do. */
export function gravest(verdicts: readonly string[]): string {
  const has = (word: RegExp): boolean => verdicts.some((verdict) => word.test(verdict));
  if (has(/\b(error|breaking|fails)\b/)) return 'breaking';
  if (has(/\b(warning|dangerous)\b/)) return 'dangerous';
  return 'safe';
}

/** A change of moves, with operations to plan. */
export interface MoveCase extends Case<Sdls> {
  readonly operations?: readonly string[];
  /** The verdicts of planning them. */
  readonly planning?: readonly string[];
}

const FACTS: MoveFacts = {
  moves: [
    { name: 'auth', domain: 'auth' },
    { name: 'product', domain: 'product' },
    { name: 'stock', domain: 'product' },
  ],
  sealed: [],
};

/** The verdicts of the rules of moves, without planning. */
export function moveVerdicts(sdls: Sdls): string[] {
  return staticMoveFindings(sidesOf(subgraphsOf(sdls)), FACTS).map(
    ({ severity, rule, path }) => `${severity} ${rule} ${path ?? '-'}`,
  );
}

/** The verdicts of planning operations in every state of their labels. */
export function planningVerdicts(sdls: Sdls, operations: readonly string[]): string[] {
  const { supergraphSdl, errors } = composeServices(
    subgraphsOf(sdls).map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
    // What cannot be reached in some state composition refuses as well; here planning has to find it by itself.
    { runSatisfiability: false },
  );
  if (supergraphSdl === undefined) throw new Error(errors?.[0]?.message);
  const { findings } = planStates(
    createStatePlanner(supergraphSdl),
    operations.map((text, index) => ({
      name: `Operation${index}`,
      client: 'test',
      source: 'test.graphql',
      document: parseGraphql(text),
      fields: [],
    })),
  );
  return findings.map(({ severity, rule, path }) => `${severity} ${rule} ${path ?? '-'}`);
}
