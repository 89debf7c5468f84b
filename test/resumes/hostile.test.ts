import { deflateRawSync, deflateSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { UnreadableFile } from '#platform/resumes/documents/document.ts';
import { readResumeFile } from '#platform/resumes/documents/read-file.ts';

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const ODT = 'application/vnd.oasis.opendocument.text';
const FILES = join(import.meta.dirname, 'files');

/** What reading a file says: its text, or why it cannot be read. Anything else fails. */
async function readingOf(bytes: Buffer, type: string, limits = {}): Promise<string> {
  try {
    return (await readResumeFile(bytes, type, { time: 8_000, ...limits })).text;
  } catch (error) {
    if (error instanceof UnreadableFile) return `refused: ${error.message}`;
    throw error;
  }
}

/** The process that this one has started to read a file. */
async function readingProcess(): Promise<number> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  for (;;) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const isOurs = (await read(`/proc/${pid}/status`)).includes(`\nPPid:\t${process.pid}\n`);
      if (isOurs && (await read(`/proc/${pid}/cmdline`)).includes('reading-process.ts')) {
        return Number(pid);
      }
    }
    await wait(1);
  }
}

/** A zip archive of one file, written by hand so that its head may lie. */
function zip(name: string, content: Buffer, claimed = content.length, flags = 0): Buffer {
  const packed = deflateRawSync(content);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(flags, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(claimed, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    Buffer.from([20, 0]),
    head,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end]);
}

/** A PDF of these objects, without a table of them: readers look for them. */
const pdf = (...objects: (string | Buffer)[]) =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.flatMap((object, index) => [
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]),
    Buffer.from('trailer << /Root 1 0 R /Size 99 >>\n%%EOF\n'),
  ]);
const stream = (bytes: Buffer, filter = '/FlateDecode') =>
  Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} /Filter ${filter} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
const page = (contents: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F 9 0 R >> >> /Contents ${contents} >>`;

describe('a hostile file is refused, or survived', () => {
  test.each<[string, Buffer, string]>([
    ['0 bytes as PDF', Buffer.alloc(0), PDF],
    [
      'a PDF that breaks off',
      readFileSync(join(FILES, 'morgan-latex.pdf')).subarray(0, 3_000),
      PDF,
    ],
    [
      'a PDF that is noise',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000, 0x5b)]),
      PDF,
    ],
    [
      'a PDF whose pages are their own parents',
      pdf('<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>'),
      PDF,
    ],
    [
      'a PDF that says it has a billion pages',
      pdf(
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>',
        page('4 0 R'),
        stream(deflateSync('BT ET')),
      ),
      PDF,
    ],
    [
      'a PDF whose stream is deflated twice',
      pdf(
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page('4 0 R'),
        stream(
          deflateSync(deflateSync(Buffer.alloc(20_000_000, 0x20))),
          '[/FlateDecode /FlateDecode]',
        ),
      ),
      PDF,
    ],
    [
      'a PDF of a form that draws itself',
      pdf(
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>',
        '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream',
        '<< /Length 5 >>\nstream\n/X Do\nendstream',
      ),
      PDF,
    ],
    [
      'a PDF with a broken font',
      pdf(
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page('4 0 R'),
        '<< /Length 24 >>\nstream\nBT /F 9 Tf (text) Tj ET \nendstream',
        'null',
        'null',
        'null',
        'null',
        '<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor << /FontFile2 4 0 R >> >>',
      ),
      PDF,
    ],
    ['a DOCX that is none', Buffer.from('PK\u0003\u0004 nothing'), DOCX],
    ['a DOCX without a document', zip('other.xml', Buffer.from('<a/>')), DOCX],
    ['a DOCX with a path out of itself', zip('../../word/document.xml', Buffer.from('<a/>')), DOCX],
    ['an encrypted DOCX', zip('word/document.xml', Buffer.from('<a/>'), 4, 1), DOCX],
    ['an ODT of 100 MB that says so', zip('content.xml', Buffer.alloc(100_000_000, 0x20)), ODT],
    [
      'an ODT of 100 MB that says 10 bytes',
      zip('content.xml', Buffer.alloc(100_000_000, 0x20), 10),
      ODT,
    ],
    [
      'an ODT of a billion laughs',
      zip(
        'content.xml',
        Buffer.from(
          `<!DOCTYPE a [<!ENTITY a "${'ha'.repeat(500)}">${'bcdefgh'
            .split('')
            .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index]};`.repeat(50)}">`)
            .join('')}]><office:body><text:p>&h;</text:p></office:body>`,
        ),
      ),
      ODT,
    ],
    ['an ODT of elements in elements', zip('content.xml', Buffer.from('<a>'.repeat(300_000))), ODT],
    [
      'a DOCX that names a file of the machine',
      zip(
        'word/document.xml',
        Buffer.from(
          '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document><w:p><w:t>&x;</w:t></w:p></w:document>',
        ),
      ),
      DOCX,
    ],
  ])('%s', async (_name, bytes, type) => {
    const before = process.memoryUsage().rss;
    const said = await readingOf(bytes, type);
    // A broken font, or an entity that nobody expands, leaves a word.
    expect(said).toMatch(/^refused: .{20,}$|^.{1,5}$/s);
    expect(said).not.toContain('root:');
    // What it takes, it takes in another process.
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test.each([
    ['PDF', PDF, 'InvalidPDFException'],
    ['DOCX', DOCX, 'nd of central directory'],
  ])(
    'a broken %s is refused, and what was behind it is told to whoever reads it',
    async (_name, type, cause) => {
      const reading = readResumeFile(Buffer.from('%PDF-1.7\nnothing'), type);
      const error = await reading.catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(UnreadableFile);
      expect((error as Error).message).not.toContain(cause);
      expect(((error as Error).cause as Error).message).toContain(cause);
    },
  );

  test('that takes too long is given up, and others are read meanwhile', async () => {
    const slow = readingOf(readFileSync(join(FILES, 'morgan-latex.pdf')), PDF, { time: 1 });
    const other = readingOf(Buffer.from('Casey Morgan'), 'text/plain');
    expect(await other).toBe('Casey Morgan');
    expect(await slow).toContain('takes too long');
  });

  test('that takes too much memory is given up', async () => {
    const bytes = readFileSync(join(FILES, 'morgan-latex.pdf'));
    expect(await readingOf(bytes, PDF, { memory: 30 * 1_048_576 })).toContain('too much memory');
  });

  test.runIf(process.platform === 'linux')(
    'is not blamed for a process that somebody else has ended',
    async () => {
      const reading = readResumeFile(readFileSync(join(FILES, 'morgan-latex.pdf')), PDF);
      const over = reading.catch((error: unknown) => error);
      process.kill(await readingProcess(), 'SIGKILL');
      const error = (await over) as Error;
      expect(error.message).toBe(
        'the process that reads files ended with SIGKILL: it said nothing',
      );
      expect(error).not.toBeInstanceOf(UnreadableFile);
    },
  );

  test('of 100 MB of text is cut, and read at once', async () => {
    const text = await readingOf(Buffer.alloc(100_000_000, 'word '), 'text/plain');
    expect(text.length).toBeLessThanOrEqual(50_000);
  });
});

/** As many paragraphs as lines are read, each blank between two letters. */
const PARAGRAPHS =
  `<w:p><w:r><w:t xml:space="preserve">a${' '.repeat(4_998)}b</w:t></w:r></w:p>`.repeat(2_000);

describe('a file of blanks and bars holds up nobody', () => {
  test.each<[string, Buffer, string]>([
    [
      'a DOCX of wide paragraphs',
      zip(
        'word/document.xml',
        Buffer.from(
          `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${PARAGRAPHS}</w:body></w:document>`,
        ),
      ),
      DOCX,
    ],
    ['a Markdown line of tabs', Buffer.from(`a${'\t'.repeat(90_000)}b`), 'text/markdown'],
    ['a Markdown line of bars', Buffer.from(`${'|'.repeat(90_000)}b`), 'text/markdown'],
  ])('%s', async (_name, bytes, type) => {
    const before = performance.eventLoopUtilization();
    await readingOf(bytes, type);
    // What other requests would have waited, in milliseconds.
    expect(performance.eventLoopUtilization(before).active).toBeLessThan(1_500);
  });
});

describe('whatever is done to a file', () => {
  let files: string[];
  beforeAll(() => {
    files = readdirSync(FILES)
      .filter((name) => /\.(pdf|docx|odt)$/.test(name))
      .slice(0, 6);
  });

  test('it is read or refused', async () => {
    const types: Readonly<Record<string, string>> = { pdf: PDF, docx: DOCX, odt: ODT };
    for (const [index, name] of files.entries()) {
      const bytes = Buffer.from(readFileSync(join(FILES, name)));
      for (let at = 100 + index * 37; at < bytes.length; at += 997)
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      expect(await readingOf(bytes, types[name.split('.')[1] ?? ''] ?? '')).not.toBe('');
    }
  });
});
