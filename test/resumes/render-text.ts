import { headerLines, PARTS, type PartName, type Person } from './person.ts';

/** A part of a resume as lines: a tab sets the right part apart, an empty line is a gap, `- ` begins a point. */
export function partLines(person: Person, part: PartName): string[] {
  const { entries } = person;
  switch (part) {
    case 'summary':
      return [person.summary];
    case 'experience':
      return gapped(
        person.jobs.map(({ title, employer, place, dates, points }) => [
          ...headerLines(entries, title, employer, place, dates),
          ...points.map((point) => `- ${point}`),
        ]),
      );
    case 'education':
      return gapped(
        person.schools.map(({ degree, school, dates }) =>
          headerLines(entries, degree, school, null, dates),
        ),
      );
    case 'skills':
      return [person.skills.join(', ')];
    default:
      return person.languages.map(([language, fluency]) => `${language}: ${fluency}`);
  }
}

const gapped = (groups: readonly (readonly string[])[]) =>
  groups.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));

export const contactLine = ({ email, phone, url, location }: Person, between: string) =>
  [email, phone, location, url].filter((one) => one !== null).join(between);

export function asText(person: Person): string {
  const parts = PARTS.flatMap((part) => [
    '',
    person.titles[part].toUpperCase(),
    ...partLines(person, part),
  ]);
  return [person.name, contactLine(person, ' | '), ...parts, '']
    .map((line) => line.replace('\t', '      '))
    .join('\n');
}

export function asMarkdown(person: Person): string {
  const parts = PARTS.flatMap((part) => [
    '',
    `## ${person.titles[part]}`,
    '',
    ...partLines(person, part).map((line) => emphasized(line, part)),
  ]);
  return [`# ${person.name}`, '', contactLine(person, ' · '), ...parts, ''].join('\n');
}

const emphasized = (line: string, part: PartName) =>
  line === '' || line.startsWith('- ') || !['experience', 'education'].includes(part)
    ? line
    : `**${line.replace('\t', '** — ')}${line.includes('\t') ? '' : '**'}  `;

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function htmlPart(person: Person, part: PartName): string {
  const lines = partLines(person, part).map((line) => {
    if (line === '') return '<div class="gap"></div>';
    if (line.startsWith('- ')) return `<div class="point">• ${escaped(line.slice(2))}</div>`;
    const [left = '', right] = line.split('\t');
    return right === undefined
      ? `<div>${escaped(left)}</div>`
      : `<div class="row"><b>${escaped(left)}</b><span>${escaped(right)}</span></div>`;
  });
  return `<h2>${escaped(person.titles[part])}</h2>${lines.join('')}`;
}

/** A page for a browser, with one or two columns. */
export function asHtml(person: Person, columns: 1 | 2): string {
  const side: readonly PartName[] = columns === 2 ? ['skills', 'languages'] : [];
  const contact = [person.email, person.phone, person.location, person.url].filter(
    (one) => one !== null,
  );
  const main = PARTS.filter((part) => !side.includes(part))
    .map((part) => htmlPart(person, part))
    .join('');
  const skills = person.skills.map((skill) => `<div>${escaped(skill)}</div>`).join('');
  const aside = `<h2>${escaped(CONTACT[person.language] ?? 'Contact')}</h2>${contact.map((one) => `<div>${escaped(one)}</div>`).join('')}<h2>${escaped(person.titles.skills)}</h2>${skills}${htmlPart(person, 'languages')}`;
  const font = 'DejaVu Sans, FreeSans, WenQuanYi Zen Hei, sans-serif';
  const style = `@page{margin:16mm}body{font:10pt ${font}}h1{font-size:20pt;margin:0}h2{font-size:12pt;margin:12pt 0 4pt}.gap{height:7pt}.row{display:flex;justify-content:space-between}.point{margin-inline-start:8pt}.page{display:flex;gap:22pt}.side{width:150pt}.main{flex:1}`;
  const body =
    columns === 1
      ? `<h1>${escaped(person.name)}</h1><div>${escaped(contactLine(person, ' | '))}</div>${main}`
      : `<h1>${escaped(person.name)}</h1><div class="page"><div class="side">${aside}</div><div class="main">${main}</div></div>`;
  return `<!doctype html><html lang="${person.language}" dir="${person.language === 'ar' ? 'rtl' : 'ltr'}"><meta charset="utf-8"><style>${style}</style><body>${body}</body></html>`;
}

const CONTACT: Readonly<Record<string, string>> = {
  de: 'Kontakt',
  fr: 'Coordonnées',
  es: 'Contacto',
  nl: 'Contactgegevens',
  pl: 'Kontakt',
  ru: 'Контакты',
  uk: 'Контакти',
  zh: '联系方式',
  ja: '連絡先',
  ar: 'معلومات الاتصال',
};

const tex = (text: string) =>
  text
    .replace(/[\\&%$#_{}]/g, (one) => `\\${one}`)
    .replaceAll('’', "'")
    .replaceAll('–', '--');

/** LaTeX for pdflatex: Latin letters only. */
export function asLatex(person: Person): string {
  const parts = PARTS.map((part) => {
    const lines = partLines(person, part).map((line) => {
      if (line === '') return '\\medskip';
      if (line.startsWith('- '))
        return `\\noindent\\hspace*{1em}\\textbullet\\ ${tex(line.slice(2))}\\par`;
      const [left = '', right] = line.split('\t');
      return `\\noindent ${right === undefined ? tex(left) : `\\textbf{${tex(left)}}\\hfill ${tex(right)}`}\\par`;
    });
    return `\\section*{${tex(person.titles[part])}}\n${lines.join('\n')}`;
  });
  return `\\documentclass[10pt,a4paper]{article}\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{lmodern}\\usepackage[margin=2cm]{geometry}\\pagestyle{empty}\\pdfinfoomitdate=1\\pdftrailerid{}
\\begin{document}\\begin{center}{\\LARGE\\bfseries ${tex(person.name)}}\\par\\smallskip ${tex(contactLine(person, ' | ')).replaceAll('|', '\\textbar{}')}\\end{center}
${parts.join('\n')}
\\end{document}\n`;
}
