/** The user's data sets: a name and a source as in a recipe. The files stay in their place. */
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
