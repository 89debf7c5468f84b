import type { StoredReviewSection } from '../tables.ts';
import { DAY, HOUR, jst, REFERENCE } from './clock.ts';
import type { TableLoad, Value } from './copy.ts';
import { openRandom, type Random } from './random.ts';
import type { ResumeText } from './resume-text.ts';
import type { Resumes } from './resumes.ts';
import { REVIEW_ERRORS } from './words/careers.ts';

type Finding = StoredReviewSection['findings'][number];

/** The first resumes, those of the demo customer, have a review each; of the others three in five. */
const REVIEWED = 2;

/** Draws reviews that say what is true of their resumes. A few could not be written. */
export function reviewLoads(resumes: Resumes): readonly TableLoad[] {
  const random = openRandom('review');
  const reviews: TableLoad = {
    table: 'ai_reviews',
    columns:
      'review_id resume_id job_desc state score sections error_msg requested_at finished_at'.split(
        ' ',
      ),
    *rows() {
      for (let resume = 0; resume < resumes.count; resume++) {
        random.row(resume);
        const isReviewed = random.chance(0.6);
        if (resume < REVIEWED || (resume > REVIEWED && isReviewed)) {
          yield drawReview(random, resumes, resume);
        }
      }
    },
  };
  return [reviews];
}

function drawReview(random: Random, resumes: Resumes, resume: number): Value[] {
  const content = resumes.content(resume);
  const uploadedAt = resumes.uploadedAt(resume);
  const latest = Math.min(uploadedAt + 30 * DAY, REFERENCE - HOUR);
  const requestedAt = uploadedAt + random.between(20_000, latest - uploadedAt);
  const failed = resume >= REVIEWED && random.chance(0.06);
  const vacancy = random.chance(0.5) ? content.career.vacancy : null;
  const sections = failed ? [] : sectionsOf(content, vacancy);
  const scores = sections.map(({ score }) => score);
  const mean = Math.round(scores.reduce((sum, score) => sum + score, 0) / (scores.length || 1));
  return [
    random.uuid(),
    resumes.id(resume),
    vacancy,
    failed ? 'ERR' : 'DONE',
    failed ? null : mean,
    JSON.stringify(sections),
    failed ? random.pick(REVIEW_ERRORS) : null,
    jst(requestedAt),
    jst(requestedAt + random.between(40, 2_500)),
  ];
}

function sectionsOf(content: ResumeText, vacancy: string | null): StoredReviewSection[] {
  const sections = [
    { name: 'Contact', ...judgeContact(content) },
    { name: 'Summary', ...judgeSummary(content) },
    { name: 'Experience', ...judgeExperience(content) },
    { name: 'Education', ...judgeEducation(content) },
    { name: 'Skills', ...judgeSkills(content) },
  ];
  return vacancy ? [...sections, { name: 'Fit', ...judgeFit(content, vacancy) }] : sections;
}

interface Judgement {
  readonly score: number;
  readonly findings: Finding[];
}

const judgement = (score: number, ...findings: Finding[]): Judgement => ({ score, findings });

function judgeContact({ contact }: ResumeText): Judgement {
  if (contact.includes('+')) {
    return judgement(95, {
      level: 'PRAISE',
      text: 'E-mail address and phone number are easy to find.',
      quote: contact,
    });
  }
  return judgement(60, {
    level: 'WARNING',
    text: 'There is no phone number.',
    quote: contact,
    advice: 'Add a number with its country code.',
  });
}

function judgeSummary({ summary }: ResumeText): Judgement {
  if (summary)
    return judgement(88, { level: 'PRAISE', text: 'Short and personal.', quote: summary });
  return judgement(40, {
    level: 'WARNING',
    text: 'There is no summary.',
    advice: 'Begin with two lines that say who you are and what you look for.',
  });
}

function judgeExperience({ results, duties }: ResumeText): Judgement {
  const share = results.length / (results.length + duties.length || 1);
  const [result, duty] = [results[0], duties[0]];
  const findings: Finding[] = [];
  if (!result) {
    findings.push({
      level: 'CRITICAL',
      text: 'Nothing says what your work achieved.',
      advice: 'Give at least one result with a number for every job.',
    });
  }
  if (duty) {
    findings.push({
      level: 'HINT',
      text: 'Duties tell little about you.',
      quote: duty,
      advice: 'Say what changed because you were there.',
    });
  }
  if (result) {
    findings.push({ level: 'PRAISE', text: 'Results come with numbers.', quote: result });
  }
  return { score: Math.round(35 + 60 * share), findings };
}

function judgeEducation({ education }: ResumeText): Judgement {
  if (education) return judgement(85);
  return judgement(50, {
    level: 'HINT',
    text: 'Education is missing.',
    advice: 'Name your degree or training, even if it was long ago.',
  });
}

function judgeSkills({ skills }: ResumeText): Judgement {
  if (skills.length >= 4)
    return judgement(90, { level: 'PRAISE', text: 'A clear list of skills.' });
  return judgement(skills.length > 0 ? 70 : 35, {
    level: skills.length > 0 ? 'HINT' : 'WARNING',
    text: skills.length > 0 ? 'The list of skills is short.' : 'There is no list of skills.',
    advice: 'List six to ten skills that you could be asked about.',
  });
}

function judgeFit({ skills }: ResumeText, vacancy: string): Judgement {
  const shared = skills.filter((skill) => vacancy.toLowerCase().includes(skill.toLowerCase()));
  if (shared.length > 0) {
    return judgement(Math.min(95, 55 + shared.length * 15), {
      level: 'PRAISE',
      text: `The vacancy asks for ${shared.join(', ')}, and you have it.`,
    });
  }
  return judgement(45, {
    level: 'WARNING',
    text: 'None of the skills that you list is asked for in the vacancy.',
    advice: 'Put the skills first that the vacancy names, where you have them.',
  });
}
