import type {
  SubgraphResponse,
  SubgraphResponseError,
} from '../../../gateway/transport/subgraph-fetch.ts';
import {
  httpError,
  invalidResponse,
  timedOut,
  unavailable,
} from '../../../gateway/transport/subgraph-fault.ts';
import { STRANGE } from './exceptions.ts';
import type { AnswerFault, FieldFaultKind } from './faults.ts';

type Path = readonly (string | number)[];

/** A place in an answer where it must not be what the schema says. */
export interface Corruption {
  readonly path: Path;
  readonly kind: FieldFaultKind;
}

/** Changes an answer at one place, where there is something. */
export function corruptField(data: unknown, { path, kind }: Corruption): void {
  const key = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((value, part) => (has(value, part) ? value[part] : undefined), data);
  if (key === undefined || !has(parent, key) || parent[key] === null) return;
  const changed = corrupted(parent[key], kind, parent, key);
  if (changed !== undefined) parent[key] = changed;
}

/** Whether there is something under a key; another corruption may have made a list of an object before. */
function has(value: unknown, key: string | number): value is Record<string | number, unknown> {
  return (
    isRecord(value) &&
    Object.hasOwn(value, key) &&
    Array.isArray(value) === (typeof key === 'number')
  );
}

function corrupted(
  value: unknown,
  kind: FieldFaultKind,
  parent: Record<string | number, unknown>,
  key: string | number,
): unknown {
  switch (kind) {
    case 'missing-key':
      delete parent[key];
      return undefined;
    case 'one-for-list':
      return Array.isArray(value) ? (value[0] ?? 'one') : undefined;
    case 'list-for-one':
      return Array.isArray(value) ? undefined : [value];
    case 'wrong-leaf':
    case 'object-for-leaf':
    case 'unknown-enum-value':
      return mapLeaves(value, kind);
    default:
      return mapObjects(value, kind);
  }
}

function mapLeaves(value: unknown, kind: FieldFaultKind): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, kind));
  if (isRecord(value) || value === null) return value;
  if (kind === 'object-for-leaf') return { unexpected: 'object' };
  if (kind === 'unknown-enum-value') return typeof value === 'string' ? 'MAUVE' : value;
  return typeof value === 'string' ? 12.5 : 'a text';
}

function mapObjects(value: unknown, kind: FieldFaultKind): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, kind));
  if (!isRecord(value)) return value;
  if (kind === 'leaf-for-object') return 'a text';
  if (kind === 'typename-missing') delete value['__typename'];
  if (kind === 'typename-unknown' && '__typename' in value) value['__typename'] = 'Nobody';
  // As JSON, so that `__proto__` is a key like any other.
  return kind === 'extra-keys' ? (JSON.parse(withExtraKeys(value)) as unknown) : value;
}

function withExtraKeys(value: object): string {
  const inner = JSON.stringify(value).slice(1, -1);
  return `{"__proto__":{"polluted":true},"constructor":1,"toString":"x","toJSON":null,"nobodyAsked":[1]${inner ? `,${inner}` : ''}}`;
}

/** Changes an answer as a whole. @throws SubgraphFault where the subgraph is to fail */
export function corruptAnswer(
  subgraph: string,
  query: string,
  response: SubgraphResponse,
  faults: readonly AnswerFault[],
): SubgraphResponse {
  const scope = query.includes('_entities(') ? 'entities' : 'roots';
  const meant = faults.filter((fault) => fault.scope === 'all' || fault.scope === scope);
  // One entity too few and one too many would be as many as were asked for, but others.
  const changing = meant.find(({ kind }) => kind.startsWith('entities-'));
  return meant
    .filter((fault) => fault === changing || !fault.kind.startsWith('entities-'))
    .reduce((answer, fault) => corruptedAnswer(subgraph, answer, fault), response);
}

function corruptedAnswer(
  subgraph: string,
  response: SubgraphResponse,
  { kind }: AnswerFault,
): SubgraphResponse {
  switch (kind) {
    case 'unavailable':
      throw unavailable(subgraph, new Error('connection refused'));
    case 'timed-out':
      throw timedOut(subgraph, 10);
    case 'http-error':
      throw httpError(subgraph, 502);
    case 'invalid-response':
      throw invalidResponse(subgraph);
    case 'refused':
      return { errors: [{ message: 'not today', extensions: { code: 'REFUSED' } }] };
    case 'error-without-path':
      return withError(response, { message: 'something is wrong', extensions: { code: 'VAGUE' } });
    case 'error-with-strange-path':
      return withError(response, {
        message: 'something is wrong somewhere',
        path: ['nowhere', 99, 'here'],
        extensions: { code: STRANGE },
      });
    case 'extra-roots':
      return { ...response, data: withExtraRoots(response.data) };
    case 'error-of-entity':
    case 'error-of-entities':
      return Object.keys(response.data ?? {}).reduce(
        (answer, key) =>
          withError(answer, {
            message: 'something is wrong with an entity',
            path: kind === 'error-of-entity' ? [key, 0, 'nobodyAsked'] : [key],
            extensions: { code: STRANGE },
          }),
        response,
      );
    default:
      return { data: withEntities(response.data, kind) };
  }
}

function withError(response: SubgraphResponse, error: SubgraphResponseError): SubgraphResponse {
  return { ...response, errors: [...(response.errors ?? []), error] };
}

function withExtraRoots(data: SubgraphResponse['data']): SubgraphResponse['data'] {
  return data ? (JSON.parse(withExtraKeys(data)) as Record<string, unknown>) : data;
}

/** Several selections of entities may stand in one request, under any names: each list of entities is changed. */
function withEntities(
  data: SubgraphResponse['data'],
  kind: AnswerFault['kind'],
): SubgraphResponse['data'] {
  if (!data) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Array.isArray(value) ? changedEntities(value, kind) : value,
    ]),
  );
}

function changedEntities(entities: readonly unknown[], kind: AnswerFault['kind']): unknown {
  if (kind === 'entities-short') return entities.slice(0, -1);
  if (kind === 'entities-long') return [...entities, null];
  if (kind === 'entities-null') return null;
  return entities.map(() => 7);
}

function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
