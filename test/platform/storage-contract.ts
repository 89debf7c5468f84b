import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SenderGone, TooManyBytes, type FileStorage } from '#platform/storage/storage.ts';

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const stream = (bytes: string | Buffer) => Readable.from([Buffer.from(bytes)]);
const text = async (bytes: Readable | null) =>
  bytes && Buffer.concat((await bytes.toArray()) as Buffer[]).toString();
const whole = (limit: number) => ({ offset: 0, limit, mayBreakOff: false });

/** Bytes that break off after some have come. */
const brokenOff = (bytes: string) =>
  Readable.from(
    (async function* () {
      if (bytes) yield Buffer.from(bytes);
      await wait(20);
      throw new Error('the line is cut');
    })(),
  );

/** What every storage of files does. */
export function storageContract(open: () => FileStorage): void {
  const received = async (id: string) => text(await open().openReceived(id));

  async function keep(bytes: string | Buffer): Promise<string> {
    const draft = await open().draft(stream(bytes), 99_999_999);
    await open().keep(draft.sha256, draft);
    await draft.discard();
    return draft.sha256;
  }

  test('what was received is read again, and replaced by what comes in its place', async () => {
    const id = randomUUID();
    expect(await open().receivedSize(id)).toBe(0);
    expect(await received(id)).toBeNull();
    expect(await open().receive(id, stream('first'), whole(9))).toBe(5);
    expect(await open().receive(id, stream('second'), whole(9))).toBe(6);
    expect([await open().receivedSize(id), await received(id)]).toEqual([6, 'second']);
    await open().dropReceived(id);
    await open().dropReceived(id);
    expect([await open().receivedSize(id), await received(id)]).toEqual([0, null]);
  });

  const part = (id: string, offset: number, bytes: string) =>
    open().receive(id, stream(bytes), { offset, limit: 9, mayBreakOff: true });

  test('parts that follow one another are one file; what comes after a gap is none of it', async () => {
    const id = randomUUID();
    await part(id, 0, 'Ada ');
    await part(id, 9, 'a gap');
    expect(await received(id)).toBe('Ada ');
    await part(id, 4, 'Love');
    expect(await received(id)).toBe('Ada Love');
    await part(id, 8, 'lace');
    expect([await open().receivedSize(id), await received(id)]).toEqual([12, 'Ada Lovelace']);
    await part(id, 0, 'A');
    expect(await received(id)).toBe('A');
  });

  test('what begins anew leaves nothing of what was there before', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await part(other, 0, 'other');
    for (const first of ['A', 'Ad', 'Ada']) {
      await part(id, 0, first);
      await part(id, first.length, ' and more');
    }
    await part(id, 0, 'A');
    // A part that was still there would follow again.
    await part(id, 1, 'd');
    expect(await received(id)).toBe('Ad');
    await part(id, 2, 'a');
    await open().dropReceived(id);
    await part(id, 0, 'E');
    expect([await received(id), await received(other)]).toEqual(['E', 'other']);
  });

  test('of files that come at once under one id, one is left', async () => {
    const id = randomUUID();
    await part(id, 0, 'A');
    await Promise.all([1, 2, 3, 4, 5].map((offset) => part(id, offset, 'da and mo')));
    expect(await received(id)).toBe('Ada and mo');
    await part(id, 1, 'd');
    expect(await received(id)).toBe('Ad');
  });

  test('parts may come while what has come is dropped', async () => {
    const id = randomUUID();
    for (let round = 0; round < 10; round++) {
      await part(id, 0, 'A');
      await part(id, 1, 'd');
      const offsets = [1, 2, 3, 4, 5];
      await Promise.all([
        ...offsets.map((offset) => part(id, offset, 'da')),
        ...offsets.map(() => open().dropReceived(id)),
      ]);
      await open().dropReceived(id);
      expect(await open().receivedSize(id)).toBe(0);
    }
  });

  test('more bytes than may come leave what was there before', async () => {
    const id = randomUUID();
    await open().receive(id, stream('before'), whole(9));
    const tooMany = Readable.from([Buffer.from('0123'), Buffer.from('456789')]);
    await expect(open().receive(id, tooMany, whole(9))).rejects.toThrow(TooManyBytes);
    expect(await received(id)).toBe('before');
  });

  test('what breaks off is stored as far as it came where that is wanted, else not at all', async () => {
    const id = randomUUID();
    await open().receive(id, stream('before'), whole(9));
    await expect(open().receive(id, brokenOff('half'), whole(9))).rejects.toThrow(SenderGone);
    expect(await received(id)).toBe('before');
    const part = { offset: 6, limit: 9, mayBreakOff: true };
    expect(await open().receive(id, brokenOff(' half'), part)).toBe(5);
    expect(await received(id)).toBe('before half');
    await expect(open().receive(id, brokenOff(''), part)).rejects.toThrow(SenderGone);
  });

  test('a draft has its size and its hash, is kept under a key, and changes no more', async () => {
    const id = randomUUID();
    await open().receive(id, stream('Ada'), whole(9));
    const draft = await open().draft((await open().openReceived(id)) as Readable, 9);
    await open().receive(id, stream('Eve'), whole(9));
    expect(draft).toMatchObject({ size: 3, sha256: sha256('Ada') });
    expect(await readFile(draft.path, 'utf8')).toBe('Ada');
    await open().keep(draft.sha256, draft);
    await draft.discard();
    expect(await text(await open().open(draft.sha256))).toBe('Ada');
    await expect(readFile(draft.path)).rejects.toThrow('ENOENT');
  });

  test('a draft holds no more than it may, and what breaks off is none', async () => {
    await expect(open().draft(stream('0123456789'), 9)).rejects.toThrow(TooManyBytes);
    await expect(open().draft(brokenOff('half'), 9)).rejects.toThrow(SenderGone);
  });

  test('kept files are there byte for byte, however large, kept twice, or empty', async () => {
    const large = Buffer.alloc(5_000_000, 'é');
    for (const bytes of [large, large, Buffer.alloc(0)]) {
      const key = await keep(bytes);
      const kept = await open().open(key);
      expect(Buffer.concat((await kept?.toArray()) as Buffer[]).equals(bytes)).toBe(true);
    }
  });

  test('a removed file is gone, and removing it again is no fault', async () => {
    const key = await keep('goes');
    const stays = await keep('stays');
    await open().remove(key);
    await open().remove(key);
    expect(await open().open(key)).toBeNull();
    expect(await text(await open().open(stays))).toBe('stays');
  });

  test('what is left over is removed when it is old; what is kept is not', async () => {
    const id = randomUUID();
    await open().receive(id, stream('received'), whole(9));
    const draft = await open().draft(stream('draft'), 9);
    const key = await keep('kept');
    await open().removeLeftovers(new Date(Date.now() - 60_000));
    expect([await received(id), await readFile(draft.path, 'utf8')]).toEqual(['received', 'draft']);
    await open().removeLeftovers(new Date(Date.now() + 60_000));
    expect(await received(id)).toBeNull();
    await expect(readFile(draft.path)).rejects.toThrow('ENOENT');
    expect(await text(await open().open(key))).toBe('kept');
  });

  test('nothing but ids and hashes names a file', async () => {
    for (const name of ['../outside', '/etc/passwd', '..', '', 'A'.repeat(64)]) {
      await expect(open().receive(name, stream('x'), whole(9))).rejects.toThrow('only a UUID');
      await expect(open().openReceived(name)).rejects.toThrow('only a UUID');
      await expect((async () => open().open(name))()).rejects.toThrow('only a UUID');
      await expect((async () => open().remove(name))()).rejects.toThrow('only a UUID');
    }
  });

  test('many files come at once, each whole', async () => {
    const files = Array.from({ length: 20 }, (_, n) => Buffer.alloc(50_000, String(n)));
    const keys = await Promise.all(files.map(keep));
    for (const [n, key] of keys.entries()) {
      expect(sha256(Buffer.concat((await (await open().open(key))?.toArray()) as Buffer[]))).toBe(
        sha256(files[n] as Buffer),
      );
    }
  });

  test('it says that it is ready', async () => {
    await expect(open().check()).resolves.toBeUndefined();
  });
}
