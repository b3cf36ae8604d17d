/** Code that defines a data set, as it is shown to the user before it is allowed to run. */

export interface CodeFileInfo {
  /** Absolute for the module; relative to the module for the files that it imports. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface CodeExamination extends CodeFileInfo {
  readonly imports: readonly CodeFileInfo[];
  /** Folders and files that it may read, in addition to those named by the recipe's options. */
  readonly reads: readonly string[];
  readonly isAllowed: boolean;
  /** Hash of all files together. A permission holds only while it stays the same. */
  readonly digest: string;
}

/** A permission that was given. */
export interface AllowedCode extends CodeFileInfo {
  readonly imports: readonly CodeFileInfo[];
  /** Milliseconds since 1970. */
  readonly allowedAt: number;
}
