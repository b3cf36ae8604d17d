/** The list of columns that a person has chosen, by their ids, after a change. Pure. */

export function withColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id];
}

export function withoutColumn(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((other) => other !== id);
}

/** The column at another's place; what stands between moves up. */
export function withColumnAt(ids: readonly string[], id: string, place: number): readonly string[] {
  if (!ids.includes(id)) return ids;
  const rest = withoutColumn(ids, id);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, place)), 0, id);
}
