// Judges one job, which its parent sends, and ends.
import { judgeSubgraphs } from './judge-subgraphs.ts';
import type { JudgeJob, JudgeReply } from './judge-job.ts';

async function replyTo(job: JudgeJob): Promise<JudgeReply> {
  try {
    return { verdict: await judgeSubgraphs(job) };
  } catch (error) {
    // A policy or an operation that cannot be read is the operator's to mend: no stack trace.
    if (error instanceof Error && 'code' in error && error.code === 'SCHEMA_FILE') {
      return { problem: error.message };
    }
    throw error;
  }
}

process.once('message', (job) => {
  void replyTo(job as JudgeJob).then((reply) =>
    process.send?.(reply, undefined, {}, () => process.disconnect()),
  );
});
