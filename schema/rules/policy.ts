import { z } from 'zod';
import { explanations } from '#schema/explanations.ts';
import { readSchemaFile, yamlOf } from '#schema/schema-file.ts';

const severity = z.enum(['error', 'warning', 'info', 'off']);

const known = new Set(explanations().map(({ code }) => code));

/** The code of a rule. Those of composition, in capitals, are as many as the composers have. */
const ruleCode = z.string().refine((code) => /^[A-Z][A-Z0-9_]*$/.test(code) || known.has(code), {
  error: ({ input }) =>
    `there is no rule "${String(input)}": \`npm run schema -- explain\` lists them all`,
});

const policyFile = z.strictObject({
  /** Where operations of clients are known from, and which of them count. */
  usage: z
    .strictObject({
      operations: z.string().nullable().default(null),
      manifests: z.array(z.strictObject({ client: z.string(), file: z.string() })).default([]),
      traffic: z.array(z.string()).default([]),
      /** Recorded operations count when all clients together sent them at least so often, … */
      minimumCount: z.number().int().min(1).default(1),
      /** … which was at least this share of all that was recorded, in percent, … */
      minimumPercentage: z.number().min(0).max(100).default(0),
      /** … and not longer ago than this. */
      days: z.number().int().min(1).default(90),
      ignoredClients: z.array(z.string()).default([]),
      /** Names of operations. */
      ignoredOperations: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** How grave changes of the schema are. */
  changes: z
    .strictObject({
      breakingInUse: severity.default('error'),
      breakingUnused: severity.default('info'),
      /** Where no operation of any client is known. */
      breakingUnknown: severity.default('error'),
      dangerous: severity.default('warning'),
    })
    .prefault({}),
  /** How deep an operation of a client may be. */
  maximumDepth: z.number().int().min(1).default(12),
  /** The tags that mean something. */
  tags: z.array(z.string()).default([]),
  /** The endings that the names of input types may have. */
  inputSuffixes: z.array(z.string()).default(['Input']),
  /** The severity of rules, by code. */
  rules: z.record(ruleCode, severity).default({}),
  /** Findings that are accepted, for a time. `path` may end with `*`. */
  ignores: z
    .array(
      z.strictObject({
        rule: ruleCode,
        path: z.string(),
        until: z.iso.date(),
        because: z.string().min(1),
      }),
    )
    .default([]),
});

/** What a team has decided about its schema. */
export type Policy = z.infer<typeof policyFile>;

/** A finding that is accepted until a day. */
export type Ignore = Policy['ignores'][number];

/** The policy of a team that has decided nothing. */
export const DEFAULT_POLICY: Policy = policyFile.parse({});

/** Reads a policy such as `schema/policy.yaml`. @throws SchemaFileError */
export async function readPolicy(file: string): Promise<Policy> {
  return policyOf(file, await readSchemaFile(file));
}

/** The policy of the text of a file. @throws SchemaFileError that names the first thing that is wrong */
export function policyOf(file: string, text: string): Policy {
  return yamlOf(file, text, policyFile.nullable()) ?? DEFAULT_POLICY;
}
