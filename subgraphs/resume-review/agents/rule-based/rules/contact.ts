import type { StoredFinding } from '../../../tables.ts';
import { quoted } from '../document.ts';
import type { ReviewRule } from '../rule.ts';

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+/;
/** Eight digits or more, with what people put between them. */
const PHONE = /(?:\+|\b)\d(?:[ ().-]{0,2}\d){7,14}\b/;
/** Where contact data is looked for: the top, and the bottom. */
const EDGE_LINES = 8;

const NO_EMAIL: StoredFinding = {
  severity: 'CRITICAL',
  message: 'There is no e-mail address at the top or the bottom.',
  suggestion: 'Put your e-mail address below your name.',
};
const NO_PHONE: StoredFinding = {
  severity: 'HINT',
  message: 'There is no phone number.',
  suggestion: 'Add one with its country code, such as +81 3 1234 5678.',
};

/** Whoever likes the resume must be able to answer. */
export const contactRule: ReviewRule = {
  section: 'Contact',
  weight: 2,
  judge: ({ lines }) => {
    const edges = [...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)];
    const email = edges.find((line) => EMAIL.test(line));
    const hasPhone = edges.some((line) => PHONE.test(line));
    const emailFinding = email === undefined ? NO_EMAIL : emailFound(email);
    return {
      score: (email === undefined ? 0 : 70) + (hasPhone ? 30 : 0),
      findings: hasPhone ? [emailFinding] : [emailFinding, NO_PHONE],
    };
  },
};

const emailFound = (line: string): StoredFinding => ({
  severity: 'PRAISE',
  message: 'The e-mail address is easy to find.',
  evidence: quoted(line),
});
