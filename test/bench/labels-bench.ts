import { answerTexts, checkAnswers } from './answers.ts';
import type { BenchOptions } from './gateway-bench.ts';
import { equalGraph } from './labels/equal-graph.ts';
import { ownGraph } from './labels/own-graph.ts';
import type { LabelScenario } from './labels/scenario.ts';
import { ROOT, startStack, type Stack } from './labels/stack.ts';
import { measure, ready, type Round } from './measure.ts';
import { drawPort } from '../setup/ports.ts';
import { end, GATEWAY_CORE, pinningNote, startOn } from './processes.ts';
import { printTable } from './table.ts';

const PERCENTS = [0, 50, 100] as const;
const SCENARIOS = { equal: equalGraph, own: ownGraph } as const;

/**
 * Measures our gateway while 0, 50 and 100 percent of readers are answered by the new side: on a graph of which both
 * sides are alike (`equal`), and on our own with every client query (`own`). Before it is measured, every answer has to
 * be without errors, and the same at each percentage.
 */
export async function labelsBench(options: BenchOptions): Promise<void> {
  const stack = await startStack();
  try {
    for (const [key, open] of Object.entries(SCENARIOS)) {
      if (options.only.length > 0 && !options.only.includes(key)) continue;
      const scenario = await open(stack);
      try {
        console.log(
          `${scenario.name}: ${scenario.requests.length} requests of ${options.connections} connections, ` +
            `${options.rounds} rounds of ${options.seconds} s; ${pinningNote()}`,
        );
        printTable(await runRounds(scenario, stack, options));
      } finally {
        await scenario.end();
      }
    }
  } finally {
    await stack.end();
  }
}

async function runRounds(
  scenario: LabelScenario,
  stack: Stack,
  options: BenchOptions,
): Promise<Map<string, Round[]>> {
  const results = new Map(PERCENTS.map((percent) => [`labels at ${percent}%`, [] as Round[]]));
  let reference: readonly unknown[] | null = null;
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const percent of PERCENTS) {
      await stack.setReads(percent);
      const measured = await measureOnce(scenario, stack, options, reference);
      reference = measured.data;
      results.get(`labels at ${percent}%`)?.push(measured.round);
      const { perSecond, cpuPerThousand } = measured.round;
      console.log(
        `round ${round}: ${percent}%: ${perSecond.toFixed(0)} requests a second, ${cpuPerThousand.toFixed(3)} s of CPU for 1,000`,
      );
    }
  }
  return results;
}

async function measureOnce(
  { requests, command, env, count }: LabelScenario,
  { control }: Stack,
  { connections, seconds }: BenchOptions,
  reference: readonly unknown[] | null,
): Promise<{ round: Round; data: unknown[] }> {
  const port = await drawPort();
  const gateway = startOn(GATEWAY_CORE, command(port), {
    cwd: ROOT,
    env: { PORT: String(port), LOG_LEVEL: 'warn', ...UNSHARED, ...control, ...env },
  });
  try {
    const url = `http://127.0.0.1:${port}/graphql`;
    const workload = { requests, connections, seconds };
    await ready(url, workload, gateway);
    // All that is asked for is planned by this, too.
    const data = checkAnswers(requests, await answerTexts(url, requests), reference);
    return { round: await measure(url, gateway.pid as number, workload, count), data };
  } finally {
    await end(gateway);
  }
}

/** How many fetches are shared depends on who asks at the same moment: that would be measured in place of labels. */
const UNSHARED = { SHARE_FETCHES: 'false' };
