import type { EndedRequest } from './request-records.ts';

/**
 * Writes a line for each GraphQL request: nothing that says who somebody is, no variables, no tokens. Its `reqId` is
 * the header `x-request-id` of the answer.
 */
export function logAccess({ request, record, client, ...ended }: EndedRequest): void {
  const { type, operationName, labelsOn, fetches, denials } = record;
  request.log.info(
    {
      type,
      operation: operationName,
      client: client.name,
      clientVersion: client.version,
      status: ended.status,
      outcome: ended.outcome,
      ms: Math.round(ended.milliseconds * 10) / 10,
      subject: subjectKind(request),
      labels: labelsOn,
      fetches,
      denied: denials,
    },
    'operation',
  );
}

/** null where the request was refused before anybody asked who sent it. */
function subjectKind({ caller }: EndedRequest['request']): string | null {
  if (caller === null) return null;
  if (caller.role === 'service') return 'service';
  return caller.subject === null ? 'anonymous' : 'user';
}
