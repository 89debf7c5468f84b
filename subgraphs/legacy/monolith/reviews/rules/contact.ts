import { quoted } from '../document.ts';
import type { Finding, ReviewRule } from '../rule.ts';

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+/;
/** Eight digits or more, with what people put between them. */
const PHONE = /(?:\+|\b)\d(?:[ ().-]{0,2}\d){7,14}\b/;
/** Where contact data is looked for: the top, and the bottom. */
const EDGE_LINES = 8;

/** Whoever likes the resume must be able to answer. */
export const contactRule: ReviewRule = {
  section: 'Contact',
  weight: 2,
  judge({ lines }) {
    const edges = [...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)];
    const email = edges.find((line) => EMAIL.test(line));
    const phone = edges.find((line) => PHONE.test(line));
    const findings: Finding[] = [];
    if (email) {
      findings.push({
        level: 'PRAISE',
        text: 'The e-mail address is easy to find.',
        quote: quoted(email),
      });
    } else {
      findings.push({
        level: 'CRITICAL',
        text: 'There is no e-mail address at the top or the bottom.',
        advice: 'Put your e-mail address below your name.',
      });
    }
    if (!phone) {
      findings.push({
        level: 'HINT',
        text: 'There is no phone number.',
        advice: 'Add one with its country code, such as +81 3 1234 5678.',
      });
    }
    return { score: (email ? 70 : 0) + (phone ? 30 : 0), findings };
  },
};
