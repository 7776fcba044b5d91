import { crc32, deflateRawSync } from 'node:zlib';

/** A member to be written; what is not said is as in an ordinary archive. */
export interface FixtureMember {
  name: string;
  content: string | Buffer;
  /** Bits of the header, e.g. 1 for a password. */
  flags?: number;
  method?: number;
  /** Instead of the content's own. */
  checksum?: number;
  /** Instead of the content's own. */
  size?: number;
}

/** Writes a zip archive byte by byte, so that tests can write wrong ones too. Source: PKWARE APPNOTE 4.3. */
export function zipOf(members: FixtureMember[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0x800, method = 8, checksum, size } of members) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const path = Buffer.from(name);
    // Version, flags, method, time, day (2026-03-14), checksum, sizes, lengths.
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(method, 4);
    head.writeUInt16LE(0x6000, 6);
    head.writeUInt16LE(((2026 - 1980) << 9) | (3 << 5) | 14, 8);
    head.writeUInt32LE(checksum ?? crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(size ?? bytes.length, 18);
    head.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, path, packed]);
    locals.push(local);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), head, place, path]));
    offset += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06'), end]);
}
