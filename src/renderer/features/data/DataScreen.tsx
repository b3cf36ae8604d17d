/** The data room: every data set, and what is in the one that is open. */
export function DataScreen({ dataset }: { readonly dataset: string | null }) {
  return <div>{dataset}</div>;
}
