/** A kind of file that a resume may be. */
export interface DocumentType {
  /** For people. */
  readonly name: string;
  /** Of file names. */
  readonly extension: string;
  readonly form: 'pdf' | 'docx' | 'odt' | 'text';
}

/** What a resume may be, by its media type. */
const DOCUMENT_TYPES: ReadonlyMap<string, DocumentType> = new Map([
  ['application/pdf', { name: 'PDF', extension: '.pdf', form: 'pdf' }],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    { name: 'DOCX', extension: '.docx', form: 'docx' },
  ],
  ['application/vnd.oasis.opendocument.text', { name: 'ODT', extension: '.odt', form: 'odt' }],
  ['text/plain', { name: 'plain text in UTF-8', extension: '.txt', form: 'text' }],
  ['text/markdown', { name: 'Markdown in UTF-8', extension: '.md', form: 'text' }],
]);

/** A media type as it is stored: lower case, without parameters such as the charset. */
export function bareContentType(given: string): string {
  return given.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The type of a bare media type; undefined where no resume may be of it. */
export const documentType = (contentType: string): DocumentType | undefined =>
  DOCUMENT_TYPES.get(contentType);

/** The media type that a file name speaks for, for clients that send none. */
export function contentTypeOfName(filename: string): string | undefined {
  const name = filename.toLowerCase();
  return [...DOCUMENT_TYPES].find(([, { extension }]) => name.endsWith(extension))?.[0];
}
