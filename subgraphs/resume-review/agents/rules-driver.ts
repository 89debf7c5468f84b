import { judgeByRules } from '#platform/resumes/rules/review.ts';
import { NOTHING_SPENT, type AgentDriver } from './agent.ts';

/** Judges by rules that anybody can read, offline. The same resume always has the same review. */
export function rulesDriver(): AgentDriver {
  return {
    name: 'rules',
    model: null,
    judge: async (agent, { document, jobDescription }) => ({
      sections: judgeByRules(agent, document, jobDescription),
      ...NOTHING_SPENT,
    }),
  };
}
