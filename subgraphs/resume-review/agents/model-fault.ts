import { APICallError, NoObjectGeneratedError, NoOutputGeneratedError, RetryError } from 'ai';

/** What went wrong with a model: for whoever reads the review, and for the log. */
export interface ModelFault {
  readonly message: string;
  /** Without what was sent, which is somebody's resume, and without the key. */
  readonly logged: Readonly<Record<string, unknown>>;
}

/** Characters of a message that are logged. */
const LONGEST = 500;

/** Says what kind of fault an error of the model is. @param key that end points may repeat in what they say */
export function modelFault(error: unknown, key: string | undefined): ModelFault {
  const last = RetryError.isInstance(error) ? error.lastError : error;
  const { name, message, cause, stack } = last instanceof Error ? last : new Error(String(last));
  const plain = (text: string) =>
    (key === undefined ? text : text.replaceAll(key, '[key]')).slice(0, LONGEST);
  const status = APICallError.isInstance(last) ? last.statusCode : undefined;
  return {
    message: messageOf(last, status),
    logged: {
      error: name,
      reason: plain(message),
      ...(status !== undefined && { status }),
      ...(NoObjectGeneratedError.isInstance(last) && { finishReason: last.finishReason }),
      ...(cause instanceof Error && { cause: plain(causeOf(cause)) }),
      // What is no fault of the model is one of ours.
      ...(!isOfModel(last) && { stack }),
    },
  };
}

const isOfModel = (error: unknown) =>
  APICallError.isInstance(error) ||
  isOfAnotherForm(error) ||
  (error as Error).name === 'AbortError';

const isOfAnotherForm = (error: unknown) =>
  NoObjectGeneratedError.isInstance(error) || NoOutputGeneratedError.isInstance(error);

function messageOf(error: unknown, status: number | undefined): string {
  if (isOfAnotherForm(error)) return 'The answer of the model has not the form that was asked for.';
  return `The model could not be asked: ${kindOf(error, status)}.`;
}

function kindOf(error: unknown, status: number | undefined): string {
  if (status === 401 || status === 403) return 'its end point refused the key';
  if (status === 404) return 'its end point knows no such model or path';
  if (status === 429) return 'its end point takes no more requests now';
  if (status === 408 || status === 504) return 'its end point was too slow';
  if (status !== undefined) return `its end point answered with status ${status}`;
  return APICallError.isInstance(error)
    ? 'its end point cannot be reached'
    : 'something went wrong';
}

/** Connections fail with errors that are wrapped, some without a message. */
function causeOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const inner = error.cause instanceof Error ? `: ${causeOf(error.cause)}` : '';
  return [code, error.message].filter(Boolean).join(' ') + inner;
}
