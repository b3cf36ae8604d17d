/** Code that a data set is written in, as a person is shown it before it is allowed to run. */

export interface CodeFileInfo {
  /** Absolute for a module, beside it for what it imports. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface CodeExamination extends CodeFileInfo {
  readonly imports: readonly CodeFileInfo[];
  /** Folders and files that it may read, beside what a recipe's options name. */
  readonly reads: readonly string[];
  readonly isAllowed: boolean;
  /** Of all of it: what is allowed is what was shown. */
  readonly digest: string;
}

/** A permission that was given. */
export interface AllowedCode extends CodeFileInfo {
  readonly imports: readonly CodeFileInfo[];
  /** Milliseconds since 1970. */
  readonly allowedAt: number;
}
