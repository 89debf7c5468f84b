import { zip, type ZipEntry } from './zip.ts';

// The smallest files that are what they say they are, for tests of how files come and go. What is in them matters elsewhere.

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const ODT_TYPE = 'application/vnd.oasis.opendocument.text';

/** A PDF with a cross-reference table. @param trailer more entries of its dictionary */
export function pdf(trailer = ''): Buffer {
  const body =
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n';
  const table = 'xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n';
  return Buffer.from(
    `${body}${table}trailer\n<< /Size 3 /Root 1 0 R ${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`,
  );
}
export const PDF = pdf();

const CONTENT_TYPES = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

/** @param more entries */
export const docx = (...more: readonly ZipEntry[]): Buffer =>
  zip([
    { name: '[Content_Types].xml', bytes: CONTENT_TYPES },
    { name: 'word/document.xml', bytes: '<w:document/>' },
    ...more,
  ]);

/** @param manifest what its manifest says of its entries */
export const odt = (manifest = ''): Buffer =>
  zip([
    { name: 'mimetype', bytes: ODT_TYPE, isStored: true },
    { name: 'content.xml', bytes: '<office:document-content/>' },
    { name: 'META-INF/manifest.xml', bytes: `<manifest:manifest>${manifest}</manifest:manifest>` },
  ]);
