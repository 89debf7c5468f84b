import { documentOf, UnreadableFile, type DocumentText } from './document.ts';
import { readMarkdown, readPlainText } from './plain-text.ts';
import { readApart, type ReadingLimits } from './read-apart.ts';

/** The types of files that a process of its own opens. */
const APART: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
]);

/**
 * Reads the text of a resume. Text is read here; all other files in a process of their own, which is ended when it takes
 * too long or too much memory.
 *
 * @param bytes the file
 * @param contentType its media type, without parameters
 * @throws UnreadableFile where it is broken, encrypted, has no text, or is too much
 */
export async function readResumeFile(
  bytes: Buffer,
  contentType: string,
  limits?: Partial<ReadingLimits>,
): Promise<DocumentText> {
  const reader = APART.get(contentType);
  const document = documentOf(
    reader ? await readApart(reader, bytes, limits) : linesOfText(bytes, contentType),
  );
  if (document.text === '') {
    throw new UnreadableFile(
      reader === 'pdf'
        ? 'The PDF has no text, only pictures: export it from the program in which it was written, and upload it again.'
        : 'The file has no text: upload one that has.',
    );
  }
  return document;
}

function linesOfText(bytes: Buffer, contentType: string) {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return contentType === 'text/markdown' ? readMarkdown(text) : readPlainText(text);
}
