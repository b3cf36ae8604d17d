/**
 * `run.best` was the epoch of the lowest validation loss, whatever early stopping monitored. The checkpoint of kind `best` always was the epoch that the
 * trainer chose. It becomes the run's best, with the series that decided and whether its weights are tested (shared/recipe/best.ts). A row with damaged
 * JSON must not prevent the migration of the others.
 */
export const best = `
  UPDATE run SET revision = revision + 1, best = (
    SELECT json_object(
      'step', checkpoint.step,
      'epoch', checkpoint.epoch,
      'metrics', json(IIF(json_valid(checkpoint.metrics), checkpoint.metrics, '{}')),
      'by', 'validation.' || COALESCE(json_extract(IIF(json_valid(recipe.json), recipe.json, '{}'), '$.earlyStopping.metric'), 'loss'),
      'tested', json(IIF(json_extract(IIF(json_valid(recipe.json), recipe.json, '{}'), '$.earlyStopping.restoreBest') = 0, 'false', 'true')))
    FROM checkpoint JOIN recipe ON recipe.key = run.recipe
    WHERE checkpoint.run = run.key AND checkpoint.kind = 'best'
    ORDER BY checkpoint.key DESC LIMIT 1)
  WHERE best IS NOT NULL;
`;
