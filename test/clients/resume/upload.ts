import type { FrontEnd } from '../front-end/front-end.ts';
import {
  CompleteUploadDocument,
  CreateUploadDocument,
  type CompleteUploadMutation,
} from './operations.generated.ts';
import { sha256 } from './sha256.ts';

/** Asks for the permission to send a file. @returns where to, and the id that its resume will have @throws where it is refused */
export async function announceFile(
  { client }: FrontEnd,
  file: File,
): Promise<{ readonly id: string; readonly url: string }> {
  const { name: filename, type: contentType, size: byteSize } = file;
  const input = { filename, contentType, byteSize, sha256: await sha256(await file.arrayBuffer()) };
  const { data } = await client.mutate({ mutation: CreateUploadDocument, variables: { input } });
  if (data?.createUpload?.__typename === 'CreateUploadSuccess') return data.createUpload.upload;
  throw new Error(data?.createUpload?.message);
}

/** Sends the bytes of a file. @param url the whole URL @returns the status of the answer */
export async function putFile(url: string, file: File): Promise<number> {
  const response = await fetch(url, { method: 'PUT', body: file });
  await response.arrayBuffer();
  return response.status;
}

/** Makes a resume of a file that was sent, and asks again for what is shown, such as the list of resumes. */
export async function completeFile(
  { client }: FrontEnd,
  id: string,
): Promise<CompleteUploadMutation['completeUpload'] | undefined> {
  const { data } = await client.mutate({
    mutation: CompleteUploadDocument,
    variables: { id },
    refetchQueries: 'active',
    awaitRefetchQueries: true,
  });
  return data?.completeUpload;
}
