import { randomUUID } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import { transaction } from '#platform/database/transaction.ts';
import { compare } from '#schema/compare.ts';
import { findingsText } from '#schema/report/text.ts';
import type { Report } from '#schema/check/report.ts';
import { openCheck, settleCheck } from '../checks/checks.ts';
import { printGraphRef, type GraphRef } from '../graph-ref.ts';
import type { GitContext } from '../git-context.ts';
import type { SubgraphText } from '../judging/judge-job.ts';
import { checkUrl, type Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import {
  insertVersion,
  lockVariant,
  readVersion,
  textHash,
  type StoredSubgraph,
  type Version,
} from './versions.ts';

/** Who wants what changed. */
export interface ChangeRequest {
  readonly ref: GraphRef;
  readonly subgraph: string;
  /** The name of the key. */
  readonly by: string;
  readonly git: GitContext | null;
}

/** What has become of a change. */
export interface Changed {
  /** The version that is served now. */
  readonly number: number;
  /** SHA-256 of the API schema, in hexadecimal digits. */
  readonly apiHash: string;
  readonly wasCreated: boolean;
  /** False where it is as it was: then there is no new version. */
  readonly wasUpdated: boolean;
  readonly isSupergraphChanged: boolean;
  /** Where the report can be read; null where nothing was judged. */
  readonly reportUrl: string | null;
}

/** How often a change is made anew because others were quicker. */
const TRIES = 10;
const NAME = /^[a-zA-Z][\w-]{0,63}$/;

/**
 * Publishes a subgraph: judges what the graph becomes with it, and writes the next version. Nothing is locked meanwhile:
 * where somebody else has published in between, it is judged again, on top of theirs.
 *
 * @throws RegistryError when it is refused: nothing has changed then
 */
export async function publishSubgraph(
  registry: Registry,
  request: ChangeRequest,
  given: { readonly sdl: string; readonly url: string | null },
): Promise<Changed> {
  const { subgraph: name } = request;
  requireName(name);
  return changeVersion(registry, request, 'publish', (current) => {
    const before = current?.subgraphs.find((one) => one.name === name);
    const url = given.url || before?.url;
    if (url === undefined || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw new RegistryError(
        'BAD_INPUT',
        url === undefined
          ? `${name} is new: say where it answers with --routing-url.`
          : `"${url}" is no http URL: gateways could not reach ${name} with it.`,
      );
    }
    if (before?.sdl === given.sdl && before.url === url) return null;
    const others = current?.subgraphs.filter((one) => one !== before) ?? [];
    const published = { name, url, sdl: given.sdl, updatedAt: new Date() };
    return {
      wasCreated: before === undefined,
      subgraphs: [...others, published].toSorted((a, b) => compare(a.name, b.name)),
    };
  });
}

/** @throws RegistryError where a text is no name of a subgraph */
export function requireName(text: string): void {
  if (NAME.test(text)) return;
  throw new RegistryError(
    'BAD_INPUT',
    `"${text}" is no name of a subgraph: letters, digits, "-" and "_", a letter first.`,
  );
}

/** Removes a subgraph, where the others compose without it. @throws RegistryError when it is refused */
export async function deleteSubgraph(registry: Registry, request: ChangeRequest): Promise<Changed> {
  return changeVersion(registry, request, 'delete', (current) => ({
    wasCreated: false,
    subgraphs: withoutSubgraph(current, request),
  }));
}

/** What is wrong with removing a subgraph; nothing is changed. */
export async function tryDelete(
  registry: Registry,
  { ref, subgraph }: Pick<ChangeRequest, 'ref' | 'subgraph'>,
): Promise<Report> {
  const current = await readVersion(registry.db, ref);
  const subgraphs = withoutSubgraph(current, { ref, subgraph });
  return (await registry.judge.judge(() => ({ subgraphs, base: baseFrom(ref, current) }))).report;
}

function withoutSubgraph(
  current: Version | null,
  { ref, subgraph }: Pick<ChangeRequest, 'ref' | 'subgraph'>,
): readonly StoredSubgraph[] {
  const names = current?.subgraphs.map(({ name }) => name) ?? [];
  if (!names.includes(subgraph)) {
    throw new RegistryError(
      'BAD_INPUT',
      `There is no subgraph "${subgraph}" in ${printGraphRef(ref)}: it has ${names.join(', ') || 'none'}.`,
    );
  }
  if (names.length === 1) {
    throw new RegistryError('REFUSED', `${subgraph} is the last subgraph: a graph needs one.`);
  }
  return current?.subgraphs.filter(({ name }) => name !== subgraph) ?? [];
}

/** What is judged against. */
export function baseFrom(ref: GraphRef, current: Version | null) {
  if (current === null) return null;
  const { number, composed, subgraphs } = current;
  return {
    name: `version ${number} of ${printGraphRef(ref)}`,
    composed,
    subgraphs: asTexts(subgraphs),
  };
}

function asTexts(subgraphs: readonly StoredSubgraph[]): SubgraphText[] {
  return subgraphs.map(({ name, url, sdl }) => ({ name, url, sdl }));
}

interface Plan {
  readonly subgraphs: readonly StoredSubgraph[];
  readonly wasCreated: boolean;
}

async function changeVersion(
  registry: Registry,
  request: ChangeRequest,
  kind: 'publish' | 'delete',
  plan: (current: Version | null) => Plan | null,
): Promise<Changed> {
  const { db, judge, log } = registry;
  const { ref, subgraph, by, git } = request;
  for (let tries = 0; tries < TRIES; tries++) {
    const current = await readVersion(db, ref);
    const planned = plan(current);
    if (planned === null) return unchanged(current as Version);
    const { subgraphs, wasCreated } = planned;
    const verdict = await judge.judge(() => ({
      subgraphs: asTexts(subgraphs),
      base: baseFrom(ref, current),
    }));
    const { report, composed } = verdict;
    const isSupergraphChanged = composed?.supergraph !== current?.composed.supergraph;
    const outcome = { kind: 'judged', report, isSupergraphChanged } as const;
    const check = { id: randomUUID(), ref, subgraph, by, git };
    if (!report.passed || composed === null) {
      await openCheck(db, check);
      await settleCheck(db, check.id, outcome);
      throw refusal(report, kind, request, checkUrl(registry, check.id));
    }
    const note = { kind, subgraph, rolledBackTo: null, by, git };
    const number = await transaction(db, async (tx) => {
      await lockVariant(tx, ref);
      const made = await insertVersion(
        tx,
        ref,
        current?.number ?? 0,
        { composed, subgraphs },
        note,
      );
      if (made === null) return null;
      await openCheck(tx, check);
      await settleCheck(tx, check.id, outcome);
      return made;
    });
    if (number === null) continue;
    log.info({ ...ref, number, kind, subgraph, by }, 'a new version is served');
    return {
      number,
      apiHash: textHash(composed.api),
      wasCreated,
      wasUpdated: true,
      isSupergraphChanged,
      reportUrl: checkUrl(registry, check.id),
    };
  }
  throw new RegistryError('CONFLICT', 'Too many others publish at the same time: try again.');
}

function unchanged({ number, composed }: Version): Changed {
  return {
    number,
    apiHash: textHash(composed.api),
    wasCreated: false,
    wasUpdated: false,
    isSupergraphChanged: false,
    reportUrl: null,
  };
}

function refusal(
  { findings, counts }: Report,
  kind: 'publish' | 'delete',
  { ref, subgraph }: ChangeRequest,
  url: string,
): RegistryError {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const what = kind === 'publish' ? `${subgraph} is not published` : `${subgraph} is not deleted`;
  const text = stripVTControlCharacters(findingsText(errors));
  return new RegistryError(
    'REFUSED',
    `${what}: the check of ${printGraphRef(ref)} found ${counts.errors} error(s), and nothing has changed.\n${text}\nThe whole report: ${url}`,
  );
}
