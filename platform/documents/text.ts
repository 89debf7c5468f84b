import { createReadStream } from 'node:fs';
import { typeDiffers, type DocumentFault } from './fault.ts';

/** What is wrong with a text: it is UTF-8, without U+0000, or none. */
export async function textFault(path: string, name: string): Promise<DocumentFault | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const isText = (chunk?: Buffer) => {
    try {
      return !decoder.decode(chunk, { stream: chunk !== undefined }).includes('\0');
    } catch {
      return false;
    }
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (!isText(chunk)) return typeDiffers(name);
  }
  // A character may have begun and never ended.
  return isText() ? null : typeDiffers(name);
}
