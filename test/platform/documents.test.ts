import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bareContentType,
  contentTypeOfName,
  documentType,
} from '#platform/documents/document-types.ts';
import { documentFault } from '#platform/documents/inspect-document.ts';
import { docx, DOCX_TYPE, odt, ODT_TYPE, pdf, PDF } from '../setup/documents.ts';
import { zip } from '../setup/zip.ts';

const MIB = 1_048_576;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function faultOf(bytes: Buffer | string, contentType: string) {
  const path = join(folder, String(count++));
  await writeFile(path, bytes);
  return documentFault({ path, size: Buffer.byteLength(bytes) }, contentType);
}
const reasonOf = async (bytes: Buffer | string, contentType: string) =>
  (await faultOf(bytes, contentType))?.reason ?? null;

/** A compound file with a directory of one name (MS-CFB). */
function compoundFile(name: string): Buffer {
  const file = Buffer.alloc(2_048);
  file.write('d0cf11e0a1b11ae1', 'hex');
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.write(name, 1_024, 'utf16le');
  return file;
}

/** A PDF whose cross-reference is a stream, as most producers write it since version 1.5. */
function pdfWithStream(dictionary: string): Buffer {
  const body = '%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\n';
  return Buffer.from(
    `${body}2 0 obj\n<< /Type /XRef /Size 3 ${dictionary} /Length 3 >>\nstream\nabc\nendstream\nendobj\nstartxref\n${body.length}\n%%EOF\n`,
  );
}

describe('a file that is what it says', () => {
  test.each([
    ['a PDF with a table', PDF, 'application/pdf'],
    ['a PDF with a stream', pdfWithStream(''), 'application/pdf'],
    [
      'a PDF whose text speaks of encryption',
      Buffer.concat([PDF.subarray(0, 9), Buffer.from('% /Encrypt 5 0 R\n'), PDF.subarray(9)]),
      'application/pdf',
    ],
    [
      'a PDF with white space at its end',
      Buffer.concat([PDF, Buffer.alloc(500, ' ')]),
      'application/pdf',
    ],
    ['a DOCX', docx(), DOCX_TYPE],
    [
      'a DOCX with a picture',
      docx({ name: 'word/media/1.png', bytes: Buffer.alloc(MIB, 1) }),
      DOCX_TYPE,
    ],
    ['an ODT', odt(), ODT_TYPE],
    ['text in any script', '履歴書 — résumé 💡', 'text/plain'],
    ['Markdown', '# Ada\n', 'text/markdown'],
  ])('is taken: %s', async (_what, bytes, contentType) => {
    expect(await faultOf(bytes, contentType)).toBeNull();
  });
});

describe('a file that is something else', () => {
  const compound = compoundFile('WordDocument');
  test.each([
    ['text as PDF', 'Ada', 'application/pdf'],
    ['a page as PDF', '<html>%PDF-1.7', 'application/pdf'],
    ['an ODT as DOCX', odt(), DOCX_TYPE],
    ['a DOCX as ODT', docx(), ODT_TYPE],
    ['an archive of something as DOCX', zip([{ name: 'a.exe', bytes: 'MZ' }]), DOCX_TYPE],
    [
      'a sheet as DOCX',
      zip([{ name: '[Content_Types].xml', bytes: 'spreadsheetml.sheet.main+xml' }]),
      DOCX_TYPE,
    ],
    [
      'a DOCX with macros',
      zip([{ name: '[Content_Types].xml', bytes: 'ms-word.document.macroEnabled.main+xml' }]),
      DOCX_TYPE,
    ],
    ['a DOC as DOCX', compound, DOCX_TYPE],
    ['a cut DOC as DOCX', compound.subarray(0, 100), DOCX_TYPE],
    ['UTF-16 as text', Buffer.from('Ada', 'utf16le'), 'text/plain'],
    ['Latin-1 as text', Buffer.from('é', 'latin1'), 'text/plain'],
    ['half a character at the end of a text', Buffer.from('é').subarray(0, 1), 'text/markdown'],
    ['nothing as DOCX', '', DOCX_TYPE],
  ])('is refused: %s', async (_what, bytes, contentType) => {
    const fault = await faultOf(bytes, contentType);
    expect(fault?.reason).toBe('TYPE_DIFFERS');
    expect(fault?.message).toMatch(
      /^The file is not (PDF|DOCX|ODT|plain text in UTF-8|Markdown in UTF-8): /,
    );
  });
});

describe('an encrypted file', () => {
  test.each([
    ['a PDF with a table', pdf('/Encrypt 5 0 R '), 'application/pdf'],
    ['a PDF with a stream', pdfWithStream('/Encrypt<< /Filter /Standard >>'), 'application/pdf'],
    [
      'a PDF whose offset is wrong',
      Buffer.from(
        pdf('/Encrypt 5 0 R ')
          .toString()
          .replace(/startxref\n\d+/, 'startxref\n7'),
      ),
      'application/pdf',
    ],
    ['a DOCX with a password', compoundFile('EncryptedPackage'), DOCX_TYPE],
    ['an archive with a password', docx({ name: 'a', bytes: 'x', flags: 0x801 }), DOCX_TYPE],
    ['an archive with a strong one', docx({ name: 'a', bytes: 'x', flags: 0x841 }), DOCX_TYPE],
    ['an ODT with a password', odt('<manifest:encryption-data/>'), ODT_TYPE],
  ])('is refused, and told apart: %s', async (_what, bytes, contentType) => {
    const fault = await faultOf(bytes, contentType);
    expect(fault?.reason).toBe('ENCRYPTED');
    expect(fault?.message).toContain('save it without a password');
  });
});

describe('a broken file', () => {
  test.each([
    ['half a PDF', PDF.subarray(0, 90), 'application/pdf'],
    ['a PDF of nothing but its first line', '%PDF-1.7\n', 'application/pdf'],
    ['half an archive', docx().subarray(0, 200), DOCX_TYPE],
    ['an archive of nothing but its first bytes', 'PK\u0003\u0004', DOCX_TYPE],
    ['a wrong checksum', docx({ name: 'a', bytes: 'xyz', claimedCrc: 1 }), DOCX_TYPE],
    ['a wrong size', docx({ name: 'a', bytes: 'xyz', claimedSize: 2 }), DOCX_TYPE],
    ['a name that leads upwards', docx({ name: '../../etc/passwd', bytes: 'x' }), DOCX_TYPE],
    ['an absolute name', docx({ name: '/etc/passwd', bytes: 'x' }), DOCX_TYPE],
    [
      'an ODT without its text',
      zip([{ name: 'mimetype', bytes: ODT_TYPE, isStored: true }]),
      ODT_TYPE,
    ],
  ])('is refused: %s', async (_what, bytes, contentType) => {
    const fault = await faultOf(bytes, contentType);
    expect(fault?.reason).toBe('BROKEN');
    expect(fault?.message).toContain('is broken (');
  });

  test('whatever byte of an archive is changed, nothing but an answer comes of it', async () => {
    const good = docx();
    for (let at = 0; at < good.length; at += 3) {
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(at) ^ 0xff, at);
      const reason = await reasonOf(bad, DOCX_TYPE);
      expect([null, 'BROKEN', 'TYPE_DIFFERS', 'ENCRYPTED', 'UNPACKS_TO_TOO_MUCH']).toContain(
        reason,
      );
    }
  });

  test('wherever a PDF is cut, nothing but an answer comes of it', async () => {
    for (let end = 0; end < PDF.length; end += 5) {
      const reason = await reasonOf(PDF.subarray(0, end), 'application/pdf');
      expect(['BROKEN', 'TYPE_DIFFERS', null]).toContain(reason);
    }
  });
});

describe('an archive that unpacks to too much', () => {
  const zeros = Buffer.alloc(60 * MIB);

  test('is refused by what it says of itself', async () => {
    const bytes = docx({ name: 'bomb', bytes: zeros });
    expect(bytes.length).toBeLessThan(100_000);
    expect(await faultOf(bytes, DOCX_TYPE)).toEqual({
      reason: 'UNPACKS_TO_TOO_MUCH',
      message: 'The DOCX file unpacks to too much (more than 50 MiB): send a smaller one.',
    });
  });

  test('is refused when it says less than the truth: no more is unpacked than it says', async () => {
    const lying = docx({ name: 'bomb', bytes: zeros, claimedSize: 1_000 });
    const began = performance.now();
    expect(await reasonOf(lying, DOCX_TYPE)).toBe('BROKEN');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('is refused when its entries are one and the same bytes, over and over', async () => {
    const entries = [{ name: 'a', bytes: zeros.subarray(0, MIB) }];
    expect(await reasonOf(zip(entries, 60), DOCX_TYPE)).toBe('UNPACKS_TO_TOO_MUCH');
  });

  test('is refused when it has more entries than anybody needs', async () => {
    expect(await reasonOf(zip([{ name: 'a', bytes: '' }], 2_001), DOCX_TYPE)).toBe(
      'UNPACKS_TO_TOO_MUCH',
    );
  });
});

test('types of documents are known by their media types and their names', async () => {
  expect(bareContentType(' Text/PLAIN; charset=utf-8')).toBe('text/plain');
  expect(documentType('image/png')).toBeUndefined();
  expect([contentTypeOfName('CV.PDF'), contentTypeOfName('cv.exe')]).toEqual([
    'application/pdf',
    undefined,
  ]);
  await expect(faultOf('x', 'image/png')).rejects.toThrow('no type of a resume');
});
