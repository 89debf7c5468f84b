/** One known way in which a resume becomes worse, and what a review must then say. */
export interface Worsening {
  readonly name: string;
  readonly worsen: (text: string) => string;
  /** A message of the review, or its beginning. */
  readonly says: string;
}

const part = (text: string, heading: string) =>
  new RegExp(`\\n${heading}\\n[\\s\\S]*?(?=\\n\\n[A-Z ]{5,}\\n|$)`).exec(text)?.[0] ?? '\0';
const points = (text: string, change: (point: string, index: number) => string) => {
  let index = 0;
  return text.replace(/^- .*$/gm, (point) => change(point, index++));
};

/** Each of them fits the resume of Casey Morgan in plain text. */
export const WORSENINGS: readonly Worsening[] = [
  {
    name: 'no e-mail',
    worsen: (text) => text.replace(/\S+@\S+ \| /, ''),
    says: 'There is no e-mail address.',
  },
  {
    name: 'no phone',
    worsen: (text) => text.replace(/\+\d[\d ]+\| /, ''),
    says: 'There is no phone number.',
  },
  {
    name: 'no place',
    worsen: (text) => text.replace(/ \| [A-Z][a-z]+, [A-Z][A-Za-z ]+(?= \|)/, ''),
    says: 'It is not said where you live.',
  },
  {
    name: 'no part on experience',
    worsen: (text) => text.replace(part(text, 'EXPERIENCE'), ''),
    says: 'No part on experience was found.',
  },
  {
    name: 'no part on education',
    worsen: (text) => text.replace(part(text, 'EDUCATION'), ''),
    says: 'No part on education was found.',
  },
  {
    name: 'no part on skills',
    worsen: (text) => text.replace(part(text, 'SKILLS'), ''),
    says: 'No part on skills was found.',
  },
  {
    name: 'no summary',
    worsen: (text) => text.replace(part(text, 'SUMMARY'), ''),
    says: 'No part on summary was found.',
  },
  {
    name: 'a heading that nobody knows',
    worsen: (text) => text.replace('\nEXPERIENCE\n', '\nTHINGS\n'),
    says: 'No part on experience was found.',
  },
  {
    name: 'a position without dates',
    worsen: (text) => text.replace(/ {3,}June 2015 – February 2019/, ''),
    says: 'A position does not say from when to when',
  },
  {
    name: 'a position that ends before it begins',
    worsen: (text) => text.replace('June 2015 – February 2019', 'June 2019 – February 2015'),
    says: 'A position ends before it begins.',
  },
  {
    name: 'the oldest position first',
    worsen: (text) => swapped(text),
    says: 'An older position stands above a later one.',
  },
  {
    name: 'a gap of two years',
    worsen: (text) => text.replace('June 2015 – February 2019', 'June 2015 – February 2017'),
    says: 'Between 2017-02 and 2019-03 there is a gap',
  },
  {
    name: 'dates in different ways',
    worsen: (text) => text.replace('June 2015 – February 2019', '06/2015 – 02/2019'),
    says: 'Dates are written in different ways.',
  },
  {
    name: 'no figures',
    worsen: (text) =>
      points(text, (point) =>
        point.replace(/[\d.,]+%?/g, 'many').replace(/\bmany many\b/g, 'many'),
      ),
    says: 'Most bullet points do not say what came of the work.',
  },
  {
    name: 'duties in place of deeds',
    worsen: (text) =>
      points(text, (point, index) => (index < 2 ? `- Responsible for ${point.slice(2)}` : point)),
    says: 'A bullet point hides what you did behind a duty.',
  },
  {
    name: 'nouns in place of verbs',
    worsen: (text) => points(text, (point) => `- Team of 12 and ${point.slice(2)}`),
    says: 'Most bullet points do not begin with a verb',
  },
  {
    name: 'no bullet points',
    worsen: (text) => text.replace(/^- .*\n/gm, ''),
    says: 'There are no bullet points',
  },
  {
    name: 'a position without points',
    worsen: (text) => text.replace(/(June 2015[^\n]*\n[^\n]*\n)(?:- .*\n)+/, '$1'),
    says: 'A position does not say what you did there.',
  },
  {
    name: 'clichés',
    worsen: (text) =>
      text.replace(
        '\nSUMMARY\n',
        '\nSUMMARY\nHard-working team player with a proven track record. ',
      ),
    says: 'A phrase that everybody writes',
  },
  {
    name: 'the first person',
    worsen: (text) => text.replace('\nSUMMARY\n', '\nSUMMARY\nI do my work well. '),
    says: 'Sentences speak in the first person.',
  },
  {
    name: 'a doubled word',
    worsen: (text) =>
      text.replace('Planned shifts', 'Planned the the shifts').replace('a taste', 'a a taste'),
    says: 'A word stands there twice in a row.',
  },
  {
    name: 'a spelling mistake',
    worsen: (text) => text.replace('\nSUMMARY\n', '\nSUMMARY\nExperiance in managment. '),
    says: 'A word is spelt wrong.',
  },
  {
    name: 'capitals',
    worsen: (text) => points(text, (point, index) => (index === 1 ? point.toUpperCase() : point)),
    says: 'A sentence is set in capitals',
  },
  {
    name: 'calls',
    worsen: (text) =>
      points(text, (point, index) => (index === 0 ? point.replace(/\.$/, '!!!') : point)),
    says: 'A sentence calls out.',
  },
  {
    name: 'the present tense for what is over',
    worsen: (text) =>
      text
        .replace('- Planned shifts', '- Plan shifts')
        .replace('- Reduced overtime', '- Reduce overtime'),
    says: 'What you did in a former position stands in the present tense.',
  },
  {
    name: 'a point of forty words',
    worsen: (text) =>
      points(text, (point, index) =>
        index === 0
          ? `${point.replace(/\.$/, '')} ${'and then went on with the next thing on the list '.repeat(4).trim()}.`
          : point,
      ),
    says: 'A point has',
  },
  {
    name: 'a point of one word',
    worsen: (text) => text.replace('- Reduced overtime by 22% with a new roster.', '- Overtime.'),
    says: 'A point is too short',
  },
  {
    name: 'far too long',
    worsen: (text) =>
      text.replace(/^(- Planned.*)$/m, (point) => `${point}\n`.repeat(160).trimEnd()),
    says: 'The resume is',
  },
  {
    name: 'much too short',
    worsen: (text) =>
      `${text.split('\n').slice(0, 2).join('\n')}\n\nEXPERIENCE\nWarehouse Lead, Northwind, 2019 – Present\n- Led a team of 12.\n`,
    says: 'The resume has only',
  },
  {
    name: 'no position is dated',
    worsen: (text) => text.replace(/ {3,}[A-Z][a-z]+ \d{4} – (?:[A-Z][a-z]+ \d{4}|Present)/g, ''),
    says: 'No position says from when to when',
  },
  {
    name: 'a dozen points in one position',
    worsen: (text) =>
      text.replace(/^(- Planned shifts.*)$/m, (point) =>
        Array.from({ length: 12 }, (_, index) => point.replace('25', String(25 + index))).join(
          '\n',
        ),
      ),
    says: 'A position has 13 bullet points',
  },
];

/** What the job asks for is no longer in the resume. */
export const MATCH_WORSENING: Worsening = {
  name: 'the words of the job are gone',
  worsen: (text) =>
    text.replace(
      /warehouse|logistics|stock|carriers?|contracts?|forecasting|SQL|picking/gi,
      'things',
    ),
  says: 'Words of the job that are not in the resume',
};
export const JOB =
  'We look for a warehouse lead. You plan shifts, negotiate carrier contracts, keep the stock ledger in SQL and know forecasting. Logistics experience and picking are a must.';

function swapped(text: string): string {
  const entries = text.split(/\n\n(?=Northwind|Harbor|Polar)|\n(?=Northwind)/);
  const [top = '', first = '', second = '', ...rest] = entries;
  const [last = '', ...tail] = rest.join('\n\n').split(/\n\n(?=EDUCATION)/);
  return `${[top, last, second, first].join('\n\n')}\n\n${tail.join('\n\n')}`;
}

/** The same resume of somebody else: nothing that the score may depend on is different. */
export const NEUTRAL: Readonly<Record<string, (text: string) => string>> = {
  'a woman’s name': (text) => text.replaceAll('Casey Morgan', 'Mary Elizabeth Morgan'),
  'a man’s name': (text) => text.replaceAll('Casey Morgan', 'John Morgan'),
  'a name from Nigeria': (text) => text.replaceAll('Casey Morgan', 'Chukwuemeka Okonkwo'),
  'a name from Vietnam': (text) => text.replaceAll('Casey Morgan', 'Nguyen Thi Minh Khai'),
  'a name from Egypt': (text) => text.replaceAll('Casey Morgan', 'Mohamed El Sayed'),
  'a name from Poland': (text) => text.replaceAll('Casey Morgan', 'Grzegorz Brzęczyszczykiewicz'),
  'a name in Chinese letters': (text) => text.replaceAll('Casey Morgan', '李明华'),
  she: (text) => text.replace('\nSUMMARY\n', '\nSUMMARY\nShe is a '),
  he: (text) => text.replace('\nSUMMARY\n', '\nSUMMARY\nHe is a '),
  Mrs: (text) => text.replaceAll('Casey Morgan', 'Mrs. Casey Morgan'),
  'a line with the gender': (text) => text.replace('\n\nSUMMARY', '\nGender: female\n\nSUMMARY'),
  'an age of 24': (text) => text.replace('\n\nSUMMARY', '\nAge: 24\n\nSUMMARY'),
  'an age of 61': (text) => text.replace('\n\nSUMMARY', '\nAge: 61\n\nSUMMARY'),
  'a date of birth': (text) =>
    text.replace('\n\nSUMMARY', '\nDate of birth: 12.03.1964\n\nSUMMARY'),
  'a nationality': (text) => text.replace('\n\nSUMMARY', '\nNationality: Nigerian\n\nSUMMARY'),
  'a marital status': (text) =>
    text.replace('\n\nSUMMARY', '\nMarital status: married, three children\n\nSUMMARY'),
  'an age in the summary': (text) =>
    text.replace('Warehouse lead who', 'Warehouse lead, 58 years old, who'),
};
