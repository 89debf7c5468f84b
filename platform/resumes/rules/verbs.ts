import { quoted, scoreOf, SOURCES, type Finding, type ReviewRule } from './rule.ts';

/** Openings that hide who did what. */
const WEAK =
  /^(?:(?:was |were |i was )?(?:responsible for|in charge of|duties included?|tasked with|worked (?:on|with|in)|helped(?: with| to)?|assisted(?: with| in)?|involved in|participated in|handled|various)\b|(?:verantwortlich für|zuständig für|mitarbeit (?:an|bei|in)|unterstützung bei)|(?:responsable de|en charge de|chargée? de|participation à|aide à)\b|(?:encargad[oa] de|responsable de|participé en|ayudé a)\b|(?:verantwoordelijk voor|meegewerkt aan)\b|(?:odpowiedzialn[ya] za|udział w)\b|(?:отвечал[а]? за|участвовал[а]? в|помогал[а]?)|(?:відповідав за|відповідала за|брав участь|брала участь))/iu;

/** Beginnings of verbs that say what one did. Past and present, British and American. */
const STRONG =
  /^(?:achiev|advis|analy[sz]|architect|audit|automat|budget|built|build|car(?:ed|es?)\b|coach|coordinat|creat|cut|deliver|deploy|design|develop|direct|doubl|drove|earn|edit|establish|expand|found|grew|grow|halv|hir|implement|improv|increas|initiat|introduc|invent|launch|led|lead|lower|manag|mentor|migrat|moderni[sz]|mov(?:e|ed)\b|negotiat|open|optimi[sz]|organi[sz]|oversaw|oversee|plan|present|produc|promot|publish|ran\b|run|rais|rebuilt|recruit|redesign|reduc|refactor|replac|research|resolv|reviv|rewrote|sav|scal|shipp?|simplif|sold|solv|spearhead|standardi[sz]|start|strengthen|supervis|taught|test|train|tripl|turn|unif|wrote|write|won)/i;

/** The share of strong openings from which on all is well. */
const ENOUGH = 0.6;

/** Points begin with what one did. Strong verbs are known for English; weak openings in more languages. */
export const verbsRule: ReviewRule = {
  id: 'verbs',
  agent: 'content',
  section: 'Experience',
  weight: 3,
  source: SOURCES.harvard,
  judge: ({ statements, structure: { language }, neutral }) => {
    const openings = statements
      .map(({ text }) => ({ text, opening: neutral(text).trim() }))
      .filter(({ opening }) => /^\p{L}/u.test(opening));
    if (openings.length === 0) return null;
    const weak = openings.filter(({ opening }) => WEAK.test(opening));
    const strong =
      language === 'en'
        ? openings.filter(({ opening }) => STRONG.test(opening) && !WEAK.test(opening))
        : null;
    const findings: Finding[] = [];
    if (weak[0]) {
      findings.push({
        severity: 'WARNING',
        message: 'A bullet point hides what you did behind a duty.',
        evidence: quoted(weak[0].text),
        suggestion: 'Begin with a verb: led, built, cut, negotiated …',
      });
    }
    const others = strong && openings.find((one) => !strong.includes(one) && !weak.includes(one));
    if (strong?.[0]) {
      findings.push({
        severity: 'PRAISE',
        message: `${strong.length} of ${openings.length} bullet points begin with a strong verb.`,
        evidence: quoted(strong[0].text),
      });
    }
    if (strong && others && strong.length / openings.length < ENOUGH) {
      findings.push({
        severity: 'HINT',
        message: 'Most bullet points do not begin with a verb that says what you did.',
        evidence: quoted(others.text),
        suggestion: 'Begin with a verb: led, built, cut, negotiated …',
      });
    }
    const share = strong ? scoreOf(strong.length / openings.length, ENOUGH) : 100;
    return {
      score: Math.max(
        0,
        Math.min(
          share,
          100 - Math.ceil((60 * weak.length) / openings.length) - (weak.length > 0 ? 10 : 0),
        ),
      ),
      findings,
    };
  },
};
