import { open, type FileHandle } from 'node:fs/promises';
import { readArchive, type ArchiveTexts } from './archive.ts';
import { broken, encrypted, typeDiffers, type DocumentFault } from './fault.ts';

const ZIP = Buffer.from('PK\u0003\u0004');
/** What files of Microsoft Office before 2007, and encrypted ones since, begin with (MS-CFB). */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** The stream that holds an encrypted document (MS-OFFCRYPTO, 2.3.4.4). */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** What is wrong with a DOCX file (ECMA-376, part 2): it is an archive whose main part is a text document. */
export async function docxFault(path: string): Promise<DocumentFault | null> {
  const TYPES = '[Content_Types].xml';
  return officeFault(path, 'DOCX', [TYPES], (texts) => {
    const types = texts.get(TYPES);
    if (types === undefined) return typeDiffers('DOCX');
    return types.includes('wordprocessingml.document.main+xml') ? null : typeDiffers('DOCX');
  });
}

/** What is wrong with an ODT file (OpenDocument 1.3, part 2): it is an archive that says it is a text document. */
export async function odtFault(path: string): Promise<DocumentFault | null> {
  const [MANIFEST, CONTENT] = ['META-INF/manifest.xml', 'content.xml'];
  return officeFault(path, 'ODT', ['mimetype', MANIFEST, CONTENT], (texts) => {
    const type = texts.get('mimetype')?.trim();
    if (type !== 'application/vnd.oasis.opendocument.text') return typeDiffers('ODT');
    if (texts.get(MANIFEST)?.includes('encryption-data')) return encrypted('ODT');
    return texts.has(CONTENT) ? null : broken('ODT', `${CONTENT} is missing`);
  });
}

async function officeFault(
  path: string,
  name: string,
  wanted: readonly string[],
  judge: (texts: ArchiveTexts) => DocumentFault | null,
): Promise<DocumentFault | null> {
  const file = await open(path);
  try {
    const head = await bytesAt(file, 0, 512);
    if (head.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) {
      if (await holdsEncryptedPackage(file, head)) return encrypted(name);
      return typeDiffers(name, `it is of an old form, such as DOC: save it as ${name}`);
    }
    if (!head.subarray(0, ZIP.length).equals(ZIP)) return typeDiffers(name);
  } finally {
    await file.close();
  }
  const texts = await readArchive(path, name, wanted);
  return 'reason' in texts ? texts : judge(texts);
}

/** Whether the directory of a compound file names an encrypted document. @param head the header (MS-CFB, 2.2) */
async function holdsEncryptedPackage(file: FileHandle, head: Buffer): Promise<boolean> {
  if (head.length < 512) return false;
  const sector = 2 ** Math.min(head.readUInt16LE(30), 12);
  const directory = (head.readUInt32LE(48) + 1) * sector;
  return (await bytesAt(file, directory, 4_096)).includes(ENCRYPTED_PACKAGE);
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
