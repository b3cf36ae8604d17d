/**
 * Keeps two checkpoints of each kind, so that one remains if the newest is damaged. A greater key is newer: a run that continues from an older checkpoint
 * writes lower steps again.
 */
export const checkpoints = `
  CREATE TABLE kept_checkpoint (
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (key),
    kind TEXT NOT NULL CHECK (kind IN ('last', 'best')),
    file TEXT NOT NULL,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    hash TEXT NOT NULL,
    metrics TEXT NOT NULL,
    UNIQUE (run, kind, file)
  ) STRICT;
  INSERT INTO kept_checkpoint (run, kind, file, step, epoch, hash, metrics) SELECT run, kind, file, step, epoch, hash, metrics FROM checkpoint;
  DROP TABLE checkpoint;
  ALTER TABLE kept_checkpoint RENAME TO checkpoint;
`;
