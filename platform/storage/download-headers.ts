import { savedAs } from './saved-as.ts';

/** The headers with which a file of somebody is sent: to be saved under its name, and never run or shown as a page. */
export const downloadHeaders = (file: {
  readonly filename: string;
  readonly contentType: string;
  readonly byteSize: number;
}) => ({
  'content-type': file.contentType,
  'content-length': file.byteSize,
  'content-disposition': savedAs(file.filename),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
});
