import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that reached the stand-in. */
export interface SentRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** What the stand-in answers: the text of the model, perhaps broken off, a status with what it says, or nothing for so long. */
export type StandInAnswer = (
  request: SentRequest,
  number: number,
) => {
  readonly text?: string;
  readonly isCut?: boolean;
  readonly status?: number;
  readonly fault?: string;
  readonly wait?: number;
};

/** A server that speaks the protocols of OpenAI-compatible end points and of Anthropic's, and keeps what it is sent. */
export interface ModelStandIn {
  readonly url: string;
  readonly sent: SentRequest[];
  answer: StandInAnswer;
  close(): Promise<void>;
}

export const TOKENS = { input: 1_200, output: 300 };

export async function startModelStandIn(): Promise<ModelStandIn> {
  const sent: SentRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const record = {
      path: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(await text(request)),
    };
    sent.push(record);
    const given = standIn.answer(record, sent.length);
    const { text: said = '', isCut = false, status = 200, fault = 'no', wait = 0 } = given;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          status === 200
            ? bodyOf(record.path, record.body, said, isCut)
            : { type: 'error', error: { message: fault, type: 'x' } },
        ),
      );
    }, wait).unref();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: ModelStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    sent,
    answer: () => ({}),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

// oxlint-disable-next-line typescript/no-explicit-any
function bodyOf(path: string, { model, tools, output_config }: any, said: string, isCut: boolean) {
  if (path.endsWith('/messages')) {
    const isTool = !isCut && Array.isArray(tools) && tools.length > 0 && !output_config;
    const content = isTool
      ? [{ type: 'tool_use', id: 'call', name: tools[0].name, input: JSON.parse(said) }]
      : [{ type: 'text', text: said }];
    const usage = { input_tokens: TOKENS.input, output_tokens: TOKENS.output };
    return {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model,
      content,
      stop_reason: isCut ? 'max_tokens' : isTool ? 'tool_use' : 'end_turn',
      stop_sequence: null,
      usage,
    };
  }
  const usage = {
    prompt_tokens: TOKENS.input,
    completion_tokens: TOKENS.output,
    total_tokens: TOKENS.input + TOKENS.output,
  };
  const choices = [
    {
      index: 0,
      message: { role: 'assistant', content: said },
      finish_reason: isCut ? 'length' : 'stop',
    },
  ];
  return { id: 'm', object: 'chat.completion', created: 0, model, choices, usage };
}
