import { randomUUID } from 'node:crypto';
import {
  generateText,
  NoObjectGeneratedError,
  Output,
  type LanguageModel,
  type LanguageModelUsage,
} from 'ai';
import type { Logger } from '#platform/log.ts';
import { judgeByRules, type JudgedSection } from '#platform/resumes/rules/review.ts';
import type { AgentName } from '#platform/resumes/rules/rule.ts';
import {
  AgentFailed,
  NOTHING_SPENT,
  type AgentAnswer,
  type AgentDriver,
  type ReviewTask,
} from './agent.ts';
import { answerSchema, checkedSections } from './model-answer.ts';
import { modelFault } from './model-fault.ts';
import { anonymous, enclosed, INSTRUCTIONS } from './model-prompt.ts';

export interface ModelDriverOptions {
  /** As it is recorded: the kind of the end point. */
  readonly name: string;
  readonly model: LanguageModel;
  readonly modelName: string;
  /** Never logged, whoever repeats it. */
  readonly key: string | undefined;
  /** Milliseconds for one agent, with all its retries. */
  readonly timeout: number;
  /** How often a request that failed is sent again. */
  readonly retries: number;
  readonly maxOutputTokens: number;
  /** Dollars per million tokens. */
  readonly inputPrice: number;
  readonly outputPrice: number;
  /** Dollars that reviews may cost in a day. */
  readonly dailyBudget: number;
  /** Millionths of a dollar that the model has cost today. */
  readonly spentToday: () => Promise<number>;
  /** Writes down what an answer has cost, before anything is done with it. */
  readonly noteSpending: (spent: Spent) => Promise<void>;
  readonly log: Logger;
}

/** What an answer took. */
export type Spent = Omit<AgentAnswer, 'sections'>;

/**
 * Lets a language model judge. The resume reaches it as data: without the person's name and contact data, enclosed in a mark
 * that nobody could know before, below instructions that never change. What it answers is checked by a schema, its quotes
 * against the text, and its scores against those of the rules.
 */
export function modelDriver(options: ModelDriverOptions): AgentDriver {
  return {
    name: options.name,
    model: options.modelName,
    judge: async (agent, task, signal) => {
      if ((await options.spentToday()) >= options.dailyBudget * 1_000_000) {
        throw new AgentFailed('The budget of this day is used up.', NOTHING_SPENT);
      }
      const rules = judgeByRules(agent, task.document, task.jobDescription);
      const { sections, spent } = await asked(options, agent, task, rules, signal);
      return { sections: checkedSections(sections, rules, task.document.text), ...spent };
    },
  };
}

async function asked(
  options: ModelDriverOptions,
  agent: AgentName,
  task: ReviewTask,
  rules: readonly JudgedSection[],
  signal: AbortSignal,
) {
  const mark = randomUUID();
  const limit = AbortSignal.timeout(options.timeout);
  const failed = (error: unknown, spent: Spent) => {
    signal.throwIfAborted();
    const fault = modelFault(error, options.key);
    const message = limit.aborted ? 'The model did not answer in time.' : fault.message;
    options.log.warn({ agent, ...fault.logged }, message);
    return new AgentFailed(message, spent, error);
  };
  const result = await generateText({
    model: options.model,
    instructions: INSTRUCTIONS[agent],
    prompt: enclosed(mark, anonymous(task.document), task.jobDescription),
    output: Output.object({ schema: answerSchema(rules.map(({ name }) => name)) }),
    maxRetries: options.retries,
    maxOutputTokens: options.maxOutputTokens,
    abortSignal: AbortSignal.any([signal, limit]),
    temperature: 0,
  }).catch(async (error: unknown) => {
    const usage = NoObjectGeneratedError.isInstance(error) ? error.usage : undefined;
    throw failed(error, await noted(options, usage));
  });
  const spent = await noted(options, result.usage);
  try {
    return { sections: result.output.sections, spent };
  } catch (error) {
    // An answer that breaks off before its first word has no output, and is paid for all the same.
    throw failed(error, spent);
  }
}

/** What an answer took, once that is written down. */
async function noted(
  { inputPrice, outputPrice, noteSpending }: ModelDriverOptions,
  usage: LanguageModelUsage | undefined,
): Promise<Spent> {
  if (!usage) return NOTHING_SPENT;
  const [inputTokens, outputTokens] = [usage.inputTokens ?? 0, usage.outputTokens ?? 0];
  // Dollars per million tokens are millionths of a dollar per token.
  const costMicros = Math.ceil(inputTokens * inputPrice + outputTokens * outputPrice);
  const spent = { inputTokens, outputTokens, costMicros };
  await noteSpending(spent);
  return spent;
}
