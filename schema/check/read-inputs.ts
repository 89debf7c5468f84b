import { MOVES } from '#platform/moves/moves.ts';
import { readContracts } from '#schema/compose/contracts.ts';
import { readSubgraphs } from '#schema/compose/subgraphs.ts';
import type { MoveFacts } from '#schema/moves/moves-report.ts';
import { daysBefore } from '#schema/usage/days.ts';
import { readUsage } from '#schema/usage/read-usage.ts';
import { usedOperations, type RecordedTraffic } from '#schema/usage/recorded-traffic.ts';
import { OptionError } from '#schema/option-error.ts';
import type { CheckInput } from './check-schema.ts';
import { readPolicy, type Policy } from '#schema/rules/policy.ts';

/** The files that a check reads, as options of a command. */
export const FILE_OPTIONS = {
  config: { type: 'string', default: 'schema/supergraph.yaml' },
  contracts: { type: 'string', default: 'schema/contracts.yaml' },
  policy: { type: 'string', default: 'schema/policy.yaml' },
  traffic: { type: 'string', multiple: true, default: [] as string[] },
  manifest: { type: 'string', multiple: true, default: [] as string[] },
  sealed: { type: 'string', multiple: true, default: [] as string[] },
  stages: { type: 'string' },
} as const;

/** Which recorded traffic is read beside files, as options of a command. */
export const RECORDED_OPTIONS = {
  usage: { type: 'string' },
  graph: { type: 'string' },
  since: { type: 'string' },
} as const;

/** What these options say, for the help of a command. */
export const FILE_OPTIONS_USAGE =
  '[--config FILE] [--contracts FILE] [--policy FILE] [--traffic FILE]… [--manifest CLIENT=FILE]… [--sealed MOVE]… [--stages control]';
export const RECORDED_OPTIONS_USAGE = '[--usage control [--graph REF]] [--since 30d]';

export interface FileValues {
  readonly config: string;
  readonly contracts: string;
  readonly policy: string;
  readonly traffic: readonly string[];
  readonly manifest: readonly string[];
  readonly sealed: readonly string[];
  /** `control`: the stages of the moves are read from there. */
  readonly stages?: string | undefined;
  /** `control`: what the collector of usage reports has recorded counts, too. */
  readonly usage?: string | undefined;
  /** Of which graph. */
  readonly graph?: string | undefined;
  /** Days or weeks before now; else as many days as the policy says. */
  readonly since?: string | undefined;
}

type Read = Pick<CheckInput, 'subgraphs' | 'contracts' | 'policy' | 'usage' | 'unknownRequests'> & {
  moves: MoveFacts;
};

/** Reads what a check needs, but for its base. @throws SchemaFileError */
export async function readInputs(values: FileValues): Promise<Read> {
  const [subgraphs, contracts, given] = await Promise.all([
    readSubgraphs(values.config),
    readContracts(values.contracts),
    readPolicy(values.policy),
  ]);
  const policy = within(given, values.since);
  const { operations, manifests, traffic, days } = policy.usage;
  const usage = await readUsage({
    operations,
    manifests: [...manifests, ...values.manifest.map(manifestOf)],
    traffic: [...traffic, ...values.traffic],
  });
  const recorded = await readRecorded(values, days);
  const unknown = values.sealed.filter((name) => !MOVES.some((move) => move.name === name));
  if (unknown.length > 0) {
    throw new OptionError(
      `--sealed ${unknown.join(', ')}: no such move; moves are ${MOVES.map(({ name }) => name).join(', ')}.`,
    );
  }
  return {
    subgraphs,
    contracts,
    policy,
    usage: [...usage, ...usedOperations(recorded)],
    moves: await moveFacts(values),
    unknownRequests: recorded.leftOut,
  };
}

async function moveFacts({ sealed: said, stages: source }: FileValues): Promise<MoveFacts> {
  if (source === undefined) return { moves: MOVES, sealed: said };
  if (source !== 'control')
    throw new OptionError(`--stages ${source}: they are read from control.`);
  // Most checks need no database.
  const { readStages } = await import('#schema/moves/read-stages.ts');
  const stages = await readStages();
  const sealed = [...stages].filter(([, stage]) => stage === 'sealed').map(([name]) => name);
  return { moves: MOVES, sealed: [...new Set([...said, ...sealed])], stages };
}

/** The policy, with as many days of usage as an option says. */
function within(policy: Policy, since: string | undefined): Policy {
  if (since === undefined) return policy;
  const [, count = '0', unit] = /^([1-9]\d{0,3})([dw])$/.exec(since) ?? [];
  if (unit === undefined)
    throw new OptionError(`--since ${since}: write days or weeks, such as 30d or 4w.`);
  return { ...policy, usage: { ...policy.usage, days: Number(count) * (unit === 'w' ? 7 : 1) } };
}

async function readRecorded({ usage, graph }: FileValues, days: number): Promise<RecordedTraffic> {
  if (usage === undefined) return { operations: [], leftOut: 0 };
  if (usage !== 'control')
    throw new OptionError(
      `--usage ${usage}: it is read from control, or from files with --traffic.`,
    );
  // Most checks need no database.
  const { readControlUsage } = await import('#schema/usage-collector/read-control.ts');
  return readControlUsage(graph, daysBefore(new Date(), days));
}

function manifestOf(text: string): { client: string; file: string } {
  const [, client, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!client || !file) throw new OptionError(`--manifest ${text}: write CLIENT=FILE.`);
  return { client, file };
}
