/**
 * The first tables. Rows refer to each other by integer keys; `run.id` is the text that users see. Times are milliseconds since 1970. NaN is
 * stored as NULL, which is how SQLite represents it.
 */
export const initial = `
  CREATE TABLE experiment (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE recipe (
    key INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    json TEXT NOT NULL
  ) STRICT;

  CREATE TABLE run (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    experiment INTEGER NOT NULL REFERENCES experiment (key),
    recipe INTEGER NOT NULL REFERENCES recipe (key),
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'paused', 'stopped', 'interrupted', 'completed', 'failed')),
    -- The host process that queues or trains it, and the trainer's process number.
    owner TEXT,
    trainer_pid INTEGER,
    dataset TEXT NOT NULL,
    seed INTEGER NOT NULL,
    device TEXT NOT NULL,
    optimizer TEXT NOT NULL,
    parameter_count INTEGER NOT NULL,
    plan TEXT NOT NULL,
    checkpoint_every INTEGER,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    active_ms INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    total_epochs INTEGER NOT NULL,
    -- JSON kept beside the row so that listing thousands of runs reads no metric.
    best TEXT,
    latest TEXT NOT NULL DEFAULT '{}',
    test TEXT NOT NULL DEFAULT '{}',
    problems TEXT NOT NULL DEFAULT '[]',
    sparkline TEXT NOT NULL DEFAULT '[]',
    hidden_at INTEGER,
    -- Grows with every change of the row, so that a reader can keep what it has parsed.
    revision INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX run_created ON run (created_at DESC) WHERE hidden_at IS NULL;
  CREATE INDEX run_active ON run (owner) WHERE status IN ('queued', 'running');

  CREATE TABLE metric_name (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE metric (
    run INTEGER NOT NULL REFERENCES run (key),
    name INTEGER NOT NULL REFERENCES metric_name (key),
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    wall_time_ms INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run, name, step)
  ) STRICT, WITHOUT ROWID;

  -- Level 1 covers 16 steps a bucket, each further level 8 buckets of the one below.
  CREATE TABLE metric_pyramid (
    run INTEGER NOT NULL REFERENCES run (key),
    level INTEGER NOT NULL,
    name INTEGER NOT NULL REFERENCES metric_name (key),
    bucket INTEGER NOT NULL,
    count INTEGER NOT NULL,
    -- Absent where the bucket holds no number.
    min_step INTEGER,
    min_epoch INTEGER,
    min_value REAL,
    max_step INTEGER,
    max_epoch INTEGER,
    max_value REAL,
    PRIMARY KEY (run, level, name, bucket)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (key),
    at INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_run ON event (run, key);

  CREATE TABLE checkpoint (
    run INTEGER NOT NULL REFERENCES run (key),
    kind TEXT NOT NULL CHECK (kind IN ('last', 'best')),
    file TEXT NOT NULL,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    hash TEXT NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (run, kind)
  ) STRICT, WITHOUT ROWID;
`;
