import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive, as a test wants it: also such as no honest program writes. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: string | Buffer;
  /** Not compressed, as the type of an OpenDocument file is. */
  readonly isStored?: boolean;
  /** What the directory says instead of the truth. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  readonly flags?: number;
}

/** A ZIP archive (APPNOTE 6.3.10). @param repeat how often the directory names each entry: more than once, they overlap */
export function zip(entries: readonly ZipEntry[], repeat = 1): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const bytes = Buffer.from(entry.bytes);
    const data = entry.isStored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? 0x800, 2);
    fields.writeUInt16LE(entry.isStored ? 0 : 8, 4);
    fields.writeUInt32LE(entry.claimedCrc ?? crc32(bytes), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(entry.name), 22);
    const local = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      fields,
      Buffer.from(entry.name),
      data,
    ]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const central = Buffer.concat([
      Buffer.from('PK\u0001\u0002'),
      Buffer.from([20, 0]),
      fields,
      rest,
      Buffer.from(entry.name),
    ]);
    locals.push(local);
    for (let times = 0; times < repeat; times++) directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
