import { documentType } from './document-types.ts';
import type { DocumentFault } from './fault.ts';
import { docxFault, odtFault } from './office.ts';
import { pdfFault } from './pdf.ts';
import { textFault } from './text.ts';

/**
 * Whether a file is what its media type says, whole, and safe to unpack. It is read from the disk piece by piece.
 *
 * @param contentType one that {@link documentType} knows
 * @returns what is wrong with it; null where nothing is
 */
export async function documentFault(
  file: { readonly path: string; readonly size: number },
  contentType: string,
): Promise<DocumentFault | null> {
  const type = documentType(contentType);
  if (type === undefined) throw new TypeError(`${contentType} is no type of a resume`);
  if (type.form === 'pdf') return pdfFault(file.path, file.size);
  if (type.form === 'docx') return docxFault(file.path);
  if (type.form === 'odt') return odtFault(file.path);
  return textFault(file.path, type.name);
}
