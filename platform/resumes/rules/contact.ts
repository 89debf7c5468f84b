import { quoted, SOURCES, type Finding, type ReviewRule } from './rule.ts';

const NO_EMAIL: Finding = {
  severity: 'CRITICAL',
  message: 'There is no e-mail address.',
  suggestion: 'Put your e-mail address below your name.',
};
const NO_PHONE: Finding = {
  severity: 'HINT',
  message: 'There is no phone number.',
  suggestion: 'Add one with its country code, such as +81 3 1234 5678.',
};
const NO_PLACE: Finding = {
  severity: 'HINT',
  message: 'It is not said where you live.',
  suggestion: 'Add your city and country: a street is not needed.',
};

/** Whoever likes the resume must be able to answer. */
export const contactRule: ReviewRule = {
  id: 'contact',
  agent: 'structure',
  section: 'Contact',
  weight: 3,
  source: SOURCES.europass,
  judge: ({
    structure: {
      contact: { email, phone, location },
    },
    lines,
  }) => {
    const line = email && lines.find(({ start, end }) => start <= email.start && email.end <= end);
    const found: Finding = {
      severity: 'PRAISE',
      message: 'The e-mail address is easy to find.',
      evidence: line ? quoted(line.text) : null,
    };
    return {
      score: (email ? 60 : 0) + (phone ? 25 : 0) + (location ? 15 : 0),
      findings: [
        email ? found : NO_EMAIL,
        ...(phone ? [] : [NO_PHONE]),
        ...(location ? [] : [NO_PLACE]),
      ],
    };
  },
};
