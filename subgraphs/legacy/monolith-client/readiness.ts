import { PlainRequest, type Transport } from './transport.ts';

/** Answers when the monolith does. @throws when it does not */
export async function monolithLives(url: string, transport: Transport): Promise<void> {
  const request = new PlainRequest(new URL('/health/live', url).href, {
    method: 'GET',
    headers: new Headers(),
  });
  const { status } = await transport.send(request, false);
  if (status !== 200) throw new Error(`the monolith answers ${status}`);
}
