import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Document, HeadingLevel, Packer, Paragraph, TabStopType, TextRun } from 'docx';
import PdfDocument from 'pdfkit';
import { PARTS, type Person } from './person.ts';
import { asHtml, asLatex, asMarkdown, asText, contactLine, partLines } from './render-text.ts';

// Writes the resumes of `files/` anew: `node test/resumes/generate.ts`. Needs the Debian packages chromium, texlive-latex-base,
// lmodern, libreoffice-writer-nogui and fonts-wqy-zenhei. What it wrote is committed, so that tests need none of them.

const HERE = import.meta.dirname;
const FILES = join(HERE, 'files');
const work = mkdtempSync(join(tmpdir(), 'resumes-'));

/** Which forms each person's resume is written in. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  morgan: ['txt', 'latex', 'docx', 'columns'],
  okafor: ['md', 'chromium', 'office', 'columns'],
  larsen: ['latex', 'columns', 'odt', 'pdfkit'],
  rivera: ['txt', 'latex', 'docx'],
  schmidt: ['latex', 'docx', 'columns', 'md'],
  moreau: ['chromium', 'odt', 'columns'],
  garcia: ['latex', 'office', 'columns', 'txt'],
  devries: ['md', 'docx', 'columns'],
  kowalska: ['latex', 'chromium', 'odt'],
  ivanov: ['chromium', 'docx', 'txt'],
  shevchenko: ['office', 'columns', 'md'],
  li: ['chromium', 'docx', 'txt'],
  tanaka: ['chromium', 'odt', 'columns', 'txt'],
  haddad: ['chromium', 'docx', 'txt'],
};

const writers: Readonly<Record<string, (person: Person, name: string) => void | Promise<void>>> = {
  txt: (person, name) => writeFileSync(join(FILES, `${name}.txt`), asText(person)),
  md: (person, name) => writeFileSync(join(FILES, `${name}.md`), asMarkdown(person)),
  chromium: (person, name) => print(person, name, 1),
  columns: (person, name) => print(person, name, 2),
  latex: (person, name) => {
    writeFileSync(join(work, `${name}.tex`), asLatex(person));
    execFileSync('pdflatex', ['-interaction=batchmode', '-halt-on-error', `${name}.tex`], {
      cwd: work,
      stdio: 'ignore',
    });
    copyFileSync(join(work, `${name}.pdf`), join(FILES, `${name}.pdf`));
  },
  docx: async (person, name) => writeFileSync(join(FILES, `${name}.docx`), await docx(person)),
  odt: async (person, name) => office(await docx(person), name, 'odt'),
  office: async (person, name) => office(await docx(person), name, 'pdf'),
  pdfkit: async (person, name) => pdfkit(person, join(FILES, `${name}.pdf`)),
};

function print(person: Person, name: string, columns: 1 | 2): void {
  const page = join(work, `${name}.html`);
  writeFileSync(page, asHtml(person, columns));
  execFileSync(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--print-to-pdf=${join(FILES, `${name}.pdf`)}`,
      page,
    ],
    { stdio: 'ignore' },
  );
}

function office(bytes: Buffer, name: string, format: 'odt' | 'pdf'): void {
  writeFileSync(join(work, `${name}.docx`), bytes);
  execFileSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=file://${work}/office`,
      '--convert-to',
      format,
      '--outdir',
      FILES,
      join(work, `${name}.docx`),
    ],
    { stdio: 'ignore' },
  );
}

function docx(person: Person): Promise<Buffer> {
  const paragraph = (line: string) => {
    const [left = '', right] = line.replace(/^- /, '').split('\t');
    const bullet = line.startsWith('- ') ? { bullet: { level: 0 } } : {};
    const children =
      right === undefined
        ? [new TextRun(left)]
        : [new TextRun({ text: left, bold: true }), new TextRun(`\t${right}`)];
    return new Paragraph({
      children,
      ...bullet,
      tabStops: [{ type: TabStopType.RIGHT, position: 9000 }],
    });
  };
  const parts = PARTS.flatMap((part) => [
    new Paragraph({ text: person.titles[part], heading: HeadingLevel.HEADING_1 }),
    ...partLines(person, part).map(paragraph),
  ]);
  const head = [
    new Paragraph({ text: person.name, heading: HeadingLevel.TITLE }),
    new Paragraph(contactLine(person, ' • ')),
  ];
  return Packer.toBuffer(new Document({ sections: [{ children: [...head, ...parts] }] }));
}

async function pdfkit(person: Person, path: string): Promise<void> {
  const pdf = new PdfDocument({ size: 'A4', margin: 50, info: { CreationDate: new Date(0) } });
  const file = pdf.pipe(createWriteStream(path));
  pdf.fontSize(20).text(person.name).fontSize(10).text(contactLine(person, '  |  '));
  for (const part of PARTS) {
    pdf.moveDown().fontSize(13).text(person.titles[part]).fontSize(10);
    for (const line of partLines(person, part)) {
      const [left = '', right] = line.split('\t');
      if (right !== undefined) pdf.text(right, { align: 'right' }).moveUp();
      pdf.text(left === '' ? ' ' : left.replace(/^- /, '• '));
    }
  }
  pdf.end();
  await finished(file);
}

rmSync(FILES, { recursive: true, force: true });
mkdirSync(FILES);
for (const file of readdirSync(join(HERE, 'people')).sort()) {
  const person = JSON.parse(readFileSync(join(HERE, 'people', file), 'utf8')) as Person;
  for (const form of FORMS[person.id] ?? []) await writers[form]?.(person, `${person.id}-${form}`);
}
rmSync(work, { recursive: true });
console.log(`${readdirSync(FILES).length} resumes`);
