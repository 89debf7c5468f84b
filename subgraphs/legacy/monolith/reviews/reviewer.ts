import type { Logger } from '#platform/log.ts';
import { UnreadableFile, type DocumentText } from '#platform/resumes/documents/document.ts';
import { readResumeFile } from '#platform/resumes/documents/read-file.ts';
import { agentsFor, type AgentRun } from '#platform/resumes/rules/agent-run.ts';
import { joinedReview, judgeByRules, type JudgedSection } from '#platform/resumes/rules/review.ts';
import { readingOf } from '#platform/resumes/structure/json-resume.ts';
import type { FileStorage } from '#platform/storage/storage.ts';
import type { aiReviews, resumes, StoredReviewSection } from '../tables.ts';

/** What a reviewer says. */
export type Outcome = Pick<
  typeof aiReviews.$inferSelect,
  'state' | 'score' | 'sections' | 'errorMsg' | 'agentRuns' | 'reading'
>;

/** Reviews a resume by the rules that the resume-review service has too. A file that cannot be read has a review that says why. */
export async function reviewOf(
  { storage, log }: { readonly storage: FileStorage; readonly log: Logger },
  resume: Pick<typeof resumes.$inferSelect, 'resumeId' | 'mimeType'>,
  jobDescription: string | null,
): Promise<Outcome> {
  const bytes = await storage.open(resume.resumeId);
  if (!bytes) return failed('The file of this resume is missing: upload it again.');
  try {
    const document = await readResumeFile(Buffer.concat(await bytes.toArray()), resume.mimeType);
    return reviewResume(document, jobDescription);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    // A broken file, or a fault of our reader: it looks the same to who uploaded it.
    const about = { resume: resume.resumeId, reason: error.message, err: error.cause };
    log.warn(about, 'a file could not be read');
    return failed(error.message);
  }
}

const failed = (errorMsg: string): Outcome => ({
  state: 'ERR',
  score: null,
  sections: [],
  errorMsg,
  agentRuns: [],
  reading: null,
});

function reviewResume(document: DocumentText, jobDescription: string | null): Outcome {
  const judged: JudgedSection[] = [];
  const agentRuns = agentsFor(jobDescription).map((agent): AgentRun => {
    const began = new Date();
    judged.push(...judgeByRules(agent, document, jobDescription));
    return {
      agent,
      driver: 'rules',
      model: null,
      startedAt: began.toISOString(),
      durationMs: Math.max(0, Date.now() - began.getTime()),
      inputTokens: 0,
      outputTokens: 0,
      costMicros: 0,
      outcome: 'COMPLETED',
      message: null,
    };
  });
  const { score, sections } = joinedReview(judged);
  return {
    state: 'DONE',
    score,
    sections: sections.map(storedSection),
    errorMsg: null,
    agentRuns,
    reading: readingOf(document),
  };
}

/** In the words of the monolith. */
const storedSection = ({
  name,
  score,
  findings,
}: ReturnType<typeof joinedReview>['sections'][number]): StoredReviewSection => ({
  name,
  score,
  findings: findings.map(({ severity, message, evidence, suggestion }) => ({
    level: severity,
    text: message,
    ...(evidence != null && { quote: evidence }),
    ...(suggestion != null && { advice: suggestion }),
  })),
});
