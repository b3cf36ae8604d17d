/** Data sets of one's own: a name and the source that a recipe would name. The files stay where they are. */
export const datasets = `
  CREATE TABLE dataset (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    hidden_at INTEGER
  ) STRICT;
`;
