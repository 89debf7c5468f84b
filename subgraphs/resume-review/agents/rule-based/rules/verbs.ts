import type { StoredFinding } from '../../../tables.ts';
import { quoted } from '../document.ts';
import { scoreOf, type ReviewRule } from '../rule.ts';

/** Openings that hide who did what. */
const WEAK =
  /^(was |were )?(responsible for|in charge of|duties included?|tasked with|worked (on|with|in)|helped( with| to)?|assisted( with| in)?|involved in|participated in|handled|various)\b/i;

/** Beginnings of verbs that say what one did. Past and present, British and American. */
const STRONG =
  /^(achiev|advis|analy[sz]|architect|audit|automat|budget|built|build|coach|coordinat|creat|cut|deliver|deploy|design|develop|direct|doubl|drove|earn|edit|establish|expand|found|grew|grow|halv|hir|implement|improv|increas|initiat|introduc|invent|launch|led|lead|lower|manag|mentor|migrat|moderni[sz]|negotiat|open|optimi[sz]|organi[sz]|oversaw|plan|present|produc|promot|publish|ran|rais|rebuilt|recruit|redesign|reduc|refactor|replac|research|resolv|reviv|rewrote|sav|scal|shipp?|simplif|sold|solv|spearhead|standardi[sz]|start|strengthen|supervis|taught|test|train|tripl|turn|unif|wrote|won)/i;

/** The share of strong openings from which on all is well. */
const ENOUGH = 0.6;

/** Statements begin with what one did. Only English ones are judged. */
export const verbsRule: ReviewRule = {
  section: 'Experience',
  weight: 2,
  judge: ({ statements }) => {
    const english = statements.filter((statement) => /^[a-z]/i.test(statement));
    if (english.length === 0) return null;
    const strong = english.filter((statement) => STRONG.test(statement) && !WEAK.test(statement));
    const weak = english.find((statement) => WEAK.test(statement));
    const findings: StoredFinding[] = [];
    if (weak !== undefined) {
      findings.push({
        severity: 'WARNING',
        message: 'A bullet point hides what you did behind a duty.',
        evidence: quoted(weak),
        suggestion: 'Begin with a verb: led, built, cut, negotiated …',
      });
    }
    if (strong[0] !== undefined) {
      findings.push({
        severity: 'PRAISE',
        message: `${strong.length} of ${english.length} bullet points begin with a strong verb.`,
        evidence: quoted(strong[0]),
      });
    }
    return { score: scoreOf(strong.length / english.length, ENOUGH), findings };
  },
};
