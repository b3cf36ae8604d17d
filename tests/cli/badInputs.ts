/** Inputs as people have them and as nobody should: images, tables, archives and modules, good and broken, written byte by byte. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { crc32, deflateSync, gzipSync } from "node:zlib";

/** Writes files by place, with the folders they need. */
export function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [place, content] of Object.entries(files)) {
    const file = path.join(root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return root;
}

/** A PNG of one colour (three values) or grey (one), by the W3C's specification. */
export function png(colour: readonly number[], width = 8, height = 8): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colour.length === 1 ? 0 : 2], 8);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * colour.length, Buffer.from(colour))]);
  const rows = Buffer.alloc(row.length * height, row);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG whose pixels cannot be unpacked, though its header and its end are whole. */
export function damaged(image: Buffer): Buffer {
  const bytes = Buffer.from(image);
  const at = bytes.indexOf("IDAT") + 4;
  bytes.fill(0xff, at, at + 6);
  return bytes;
}

/** A zip with files stored under any name, `../` included, that claims any size for them (PKWARE's APPNOTE). */
export function zip(files: readonly { readonly name: string; readonly content: string; readonly claims?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = Buffer.byteLength(content) } of files) {
    const [title, data] = [Buffer.from(name), Buffer.from(content)];
    // Of a file stored, both sizes are the same; one that claims another is said to be deflated.
    const method = claims === data.length ? 0 : 8;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claims, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, title, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, title]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A compressed tar of one file that says it is of that many bytes (POSIX.1-1988 ustar), with only its first megabyte of zeros in it. */
export function tarBomb(name: string, bytes: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write(`${bytes.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0ustar\x0000", 156, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(Buffer.concat([header, Buffer.alloc(2 ** 20)]));
}

/** A module whose class has 40 samples of two classes, and these members instead of or beside its own. */
export function moduleOf(members: string): string {
  return `export default class Mine {
  length = 40;
  classes = ["even", "odd"];
  get(index) { return { sample: [index, 1 - index], target: index % 2 }; }
  ${members}
}
`;
}

/** What a class can do wrong in get(17), and the words that tell of it. */
export const WRONG_MODULES: readonly { readonly does: string; readonly members: string; readonly says: RegExp }[] = [
  {
    does: "throws",
    members: 'get(index) { if (index === 17) throw new Error("no such wave"); return { sample: [index, 1], target: index % 2 }; }',
    says: /get\(17\).*no such wave/,
  },
  {
    does: "gives another shape",
    members: "get(index) { return { sample: index === 17 ? [1, 2, 3] : [index, 1], target: index % 2 }; }",
    says: /get\(17\).*3/,
  },
  {
    does: "never returns",
    members: "get(index) { while (index === 17); return { sample: [index, 1], target: index % 2 }; }",
    says: /must answer within 1 s; received get\(17\) did not answer/,
  },
  {
    does: "ends its process",
    members: "get(index) { if (index === 17) process.exit(7); return { sample: [index, 1], target: index % 2 }; }",
    says: /get\(17\) ended it with status 7/,
  },
];
