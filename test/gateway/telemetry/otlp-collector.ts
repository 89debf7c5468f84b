import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { vi } from 'vitest';

/** A span as it was received, with its attributes as a plain object. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A collector of traces: a real receiver of OTLP over HTTP, in its JSON form. */
export interface OtlpCollector {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** The spans of the next trace that is whole, with its operation first; then all is forgotten. */
  trace(): Promise<ReceivedSpan[]>;
  stop(): Promise<void>;
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
}
type OtlpAttributes = readonly { readonly key: string; readonly value: OtlpValue }[];
interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpAttributes };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'resource'> & {
        readonly attributes: OtlpAttributes;
      })[];
    }[];
  }[];
}

/** `SpanKind` of OTLP. */
export const SERVER = 2;
export const CLIENT = 3;

export async function startCollector(): Promise<OtlpCollector> {
  const spans: ReceivedSpan[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    spans.push(...(await receive(request)));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server: Server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    async trace() {
      // An operation ends after all that is below it, and spans are sent in the order in which they end.
      const operation = await vi.waitUntil(() => spans.find(({ kind }) => kind === SERVER), 10_000);
      const trace = spans.filter(({ traceId }) => traceId === operation.traceId);
      spans.length = 0;
      return [operation, ...trace.filter((span) => span !== operation)];
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(request: IncomingMessage): Promise<ReceivedSpan[]> {
  const { resourceSpans } = (await json(request)) as OtlpRequest;
  if (request.url !== '/v1/traces') throw new Error(`a collector has no ${request.url}`);
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: plain(span.attributes),
        resource: plain(resource.attributes),
      })),
    ),
  );
}

function plain(attributes: OtlpAttributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue({ stringValue, intValue, boolValue, arrayValue }: OtlpValue): unknown {
  if (arrayValue) return (arrayValue.values ?? []).map(plainValue);
  return stringValue ?? boolValue ?? Number(intValue);
}
