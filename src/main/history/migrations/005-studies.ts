/**
 * Studies, their changes, and their trials. A study and its trials are a group of runs: a run of a group names it, and its place there: the trial's
 * number, and the repeat within the trial. Trials are numbered from 0 in the order in which they were proposed.
 */
export const studies = `
  CREATE TABLE study (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('running', 'paused', 'interrupted', 'completed')),
    -- The host process that drives it.
    owner TEXT,
    dataset TEXT NOT NULL,
    -- The study as it is now, and as it was started.
    json TEXT NOT NULL,
    started_as TEXT NOT NULL,
    -- Whether new trials may start; otherwise only recorded ones are trained.
    proposes INTEGER NOT NULL DEFAULT 1,
    problems TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    active_ms INTEGER NOT NULL DEFAULT 0,
    hidden_at INTEGER,
    -- Grows with every change of the study or of one of its trials.
    revision INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE study_change (
    key INTEGER PRIMARY KEY,
    study INTEGER NOT NULL REFERENCES study (key),
    at INTEGER NOT NULL,
    after_trials INTEGER NOT NULL,
    change TEXT NOT NULL
  ) STRICT;
  CREATE INDEX study_change_study ON study_change (study, key);

  CREATE TABLE trial (
    study INTEGER NOT NULL REFERENCES study (key),
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'pruned', 'failed', 'stopped')),
    origin TEXT NOT NULL CHECK (origin IN ('sampler', 'guess', 'baseline', 'earlier', 'confirmation')),
    point TEXT NOT NULL,
    -- Trials that had not ended when it was proposed.
    pending TEXT NOT NULL DEFAULT '[]',
    "values" TEXT,
    repeats TEXT NOT NULL DEFAULT '[]',
    progress INTEGER NOT NULL DEFAULT 0,
    epochs INTEGER NOT NULL DEFAULT 0,
    total_epochs INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    lane INTEGER,
    problems TEXT NOT NULL DEFAULT '[]',
    -- For a confirmation: its round, the trial that is confirmed (null for the starting recipe), and its seeds.
    confirms TEXT,
    -- The study's revision at its last change.
    revision INTEGER NOT NULL,
    PRIMARY KEY (study, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trial_revision ON trial (study, revision);

  -- Points that were proposed and cannot be trained: replaced, and told to the sampler as bad.
  CREATE TABLE rejection (
    key INTEGER PRIMARY KEY,
    study INTEGER NOT NULL REFERENCES study (key),
    after INTEGER NOT NULL,
    -- Whether the baseline proposed it.
    baseline INTEGER NOT NULL,
    point TEXT NOT NULL,
    problem TEXT NOT NULL
  ) STRICT;
  CREATE INDEX rejection_study ON rejection (study, key);

  ALTER TABLE run ADD COLUMN study INTEGER REFERENCES study (key);
  ALTER TABLE run ADD COLUMN trial INTEGER;
  ALTER TABLE run ADD COLUMN place INTEGER;
  CREATE INDEX run_trial ON run (study, trial, place) WHERE study IS NOT NULL;
`;
