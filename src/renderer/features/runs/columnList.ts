/** Changes to the list of column ids that the user has chosen. Pure functions. */

export function withColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id];
}

export function withoutColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((other) => other !== id);
}

/** Moves a column to an index; the columns in between shift. */
export function withColumnAt(ids: readonly string[], id: string, place: number): readonly string[] {
  if (!ids.includes(id)) return ids;
  const rest = withoutColumn(ids, id);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, place)), 0, id);
}
