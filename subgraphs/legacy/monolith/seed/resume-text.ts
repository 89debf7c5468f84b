import type { Person } from './accounts.ts';
import type { Random } from './random.ts';
import { CAREERS, LANGUAGES, WORK_PLACES, type Career } from './words/careers.ts';

/** A resume as plain text, with what a review of it needs to know. */
export interface ResumeText {
  readonly text: string;
  readonly career: Career;
  /** The parts that it has. */
  readonly contact: string;
  readonly summary: string | null;
  /** What was done, with and without a result. */
  readonly results: readonly string[];
  readonly duties: readonly string[];
  readonly education: string | null;
  readonly skills: readonly string[];
}

/** Headings, by language. Some write their resume in Japanese. */
const HEADINGS = {
  en: ['SUMMARY', 'EXPERIENCE', 'EDUCATION', 'SKILLS', 'LANGUAGES'],
  ja: ['職務要約', '職務経歴', '学歴', 'スキル', '語学'],
} as const;

/** Draws a resume. Not every one is good: parts are missing, and duties stand where results should. */
export function drawResumeText(random: Random, person: Person): ResumeText {
  const career = random.pick(CAREERS);
  const isJapanese = person.region.language === 'ja' && random.chance(0.6);
  const [summaryHeading, experience, educationHeading, skillsHeading, languages] =
    HEADINGS[isJapanese ? 'ja' : 'en'];
  const contact = drawContact(random, person);
  const summary = random.chance(0.8) ? random.pick(career.summary) : null;
  const jobs = drawJobs(random, career);
  const education = random.chance(0.9)
    ? `${random.between(2002, 2018)}  ${random.pick(career.degrees)}`
    : null;
  const skills = random.chance(0.9) ? drawSome(random, career.skills, 3) : [];
  const parts = [
    [person.name, contact],
    summary ? [summaryHeading, '', summary] : [],
    [experience, '', jobs.map(({ lines }) => lines.join('\n')).join('\n\n')],
    education ? [educationHeading, '', education] : [],
    skills.length > 0 ? [skillsHeading, '', skills.join(', ')] : [],
    random.chance(0.7) ? [languages, '', drawSome(random, LANGUAGES, 1).join(', ')] : [],
  ];
  return {
    text: `${parts
      .filter((part) => part.length > 0)
      .map((part) => part.join('\n'))
      .join('\n\n')}\n`,
    career,
    contact,
    summary,
    results: jobs.flatMap(({ results }) => results),
    duties: jobs.flatMap(({ duties }) => duties),
    education,
    skills,
  };
}

function drawContact(random: Random, person: Person): string {
  const [town] = random.pick(person.region.towns);
  // An e-mail address is sometimes all there is.
  const phone = random.chance(0.8) ? person.phone : null;
  return [person.email, phone, town].filter(Boolean).join(' | ');
}

/** The jobs, newest first, without a gap between them. */
function drawJobs(random: Random, career: Career) {
  const isCareful = random.chance(0.6);
  const employers = drawSome(random, career.employers, 2);
  let until = 2025;
  return employers.slice(0, random.between(2, 3)).map((employer, index) => {
    const from = until - random.between(1, 4);
    const end = index === 0 && random.chance(0.7) ? 'present' : String(until);
    until = from;
    const results = drawSome(random, career.results, isCareful ? 2 : 0)
      .slice(0, 3)
      .map((result) => random.digits(result));
    const duties = drawSome(random, career.duties, isCareful ? 0 : 1).slice(0, 2);
    const title = `${random.pick(career.titles)}, ${employer}, ${random.pick(WORK_PLACES)}`;
    const bullets = [...results, ...duties].map((line) => `- ${line}`);
    return { lines: [title, `${from} – ${end}`, ...bullets], results, duties };
  });
}

/** Some of the words in their order: each with an even chance, and at least so many. */
function drawSome(random: Random, words: readonly string[], atLeast: number): string[] {
  const start = random.below(words.length);
  const turned = [...words.slice(start), ...words.slice(0, start)];
  return turned.filter((_, index) => index < atLeast || random.chance(0.5));
}
