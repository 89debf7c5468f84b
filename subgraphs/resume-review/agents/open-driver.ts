import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { Db } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import type { ModelConfig, ResumeReviewConfig } from '../config.ts';
import { costSince, noteSpending } from '../repository/spending.ts';
import type { AgentDriver } from './agent.ts';
import { modelDriver } from './model-driver.ts';
import { rulesDriver } from './rules-driver.ts';

/** The driver that the settings ask for. */
export function openDriver({ model }: ResumeReviewConfig, db: Db, log: Logger): AgentDriver {
  if (model === null) return rulesDriver();
  return modelDriver({
    name: model.AI_DRIVER,
    model: languageModel(model),
    modelName: model.AI_MODEL,
    key: model.AI_API_KEY,
    timeout: model.AI_TIMEOUT_SECONDS * 1_000,
    retries: model.AI_RETRIES,
    maxOutputTokens: model.AI_MAX_OUTPUT_TOKENS,
    inputPrice: model.AI_INPUT_PRICE,
    outputPrice: model.AI_OUTPUT_PRICE,
    dailyBudget: model.AI_DAILY_BUDGET,
    spentToday: () => costSince(db, new Date(new Date().setUTCHours(0, 0, 0, 0))),
    noteSpending: (spent) => noteSpending(db, { model: model.AI_MODEL, ...spent }),
    log,
  });
}

function languageModel({
  AI_DRIVER,
  AI_BASE_URL,
  AI_API_KEY,
  AI_MODEL,
}: ModelConfig): LanguageModel {
  if (AI_DRIVER === 'anthropic') {
    const baseURL = AI_BASE_URL ?? 'https://api.anthropic.com/v1';
    return createAnthropic({ baseURL, apiKey: AI_API_KEY ?? '' })(AI_MODEL);
  }
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: AI_BASE_URL ?? 'https://api.openai.com/v1',
    ...(AI_API_KEY !== undefined && { apiKey: AI_API_KEY }),
    supportsStructuredOutputs: true,
  });
  return provider(AI_MODEL);
}
