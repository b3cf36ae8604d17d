/** Reads the images of a file by row group. At most two groups are in memory, however large the file is. */
import type { FileMetaData } from "hyparquet";
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { BinaryFile, orDamaged } from "../tables/binaryFile.ts";
import { type ImageCell, readCells } from "./columns.ts";
import type { TableFile } from "./files.ts";

const HELD = 2;

export interface GroupPlace {
  readonly file: TableFile;
  readonly metadata: FileMetaData;
  /** Row range of the group in the file. */
  readonly start: number;
  readonly end: number;
}

export class ImageGroups {
  readonly #column: string;
  readonly #held = new Map<GroupPlace, Promise<readonly ImageCell[]>>();

  constructor(column: string) {
    this.#column = column;
  }

  /** All rows of a group. */
  read(group: GroupPlace): Promise<readonly ImageCell[]> {
    const held = this.#held.get(group);
    // Moves the group to the end, so that the least recently used one is evicted first.
    this.#held.delete(group);
    const cells = held ?? this.#read(group);
    this.#held.set(group, cells);
    cells.catch(() => this.#held.delete(group));
    for (const oldest of this.#held.keys()) if (this.#held.size > HELD) this.#held.delete(oldest);
    return cells;
  }

  /**
   * The bytes of one image.
   * @throws BadFile if the cell holds none
   */
  async bytes(group: GroupPlace, row: number): Promise<Buffer> {
    return bytesIn(at(await this.read(group), row - group.start));
  }

  async #read({ file, metadata, start, end }: GroupPlace): Promise<readonly ImageCell[]> {
    const named = { path: file.path, field: "data.source.path" };
    return BinaryFile.use(named, (opened) =>
      orDamaged(named, "Parquet", `column ${JSON.stringify(this.#column)}`, () => readCells(opened, metadata, this.#column, start, end)),
    );
  }
}

/** @throws BadFile if the cell holds no bytes */
export function bytesIn({ bytes, name }: ImageCell): Buffer {
  if (bytes !== null) return bytes;
  throw new BadFile(name === null ? "holds no image" : `holds no image, only the name ${JSON.stringify(name)}`);
}

/** The row groups of a file. */
export function groupsOf(file: TableFile, metadata: FileMetaData): readonly GroupPlace[] {
  let start = 0;
  return metadata.row_groups.map((group) => {
    const end = start + Number(group.num_rows);
    const place = { file, metadata, start, end };
    start = end;
    return place;
  });
}
