/** The screen Tune: the list of studies, the one that is being made, or a study's page. */
import { MakeStudy } from "./MakeStudy.tsx";
import { StudyList } from "./StudyList.tsx";
import { StudyPage } from "./StudyPage.tsx";

/** @param study a study's id, `new`, or null for the list */
export function TuneScreen({ study }: { readonly study: string | null }) {
  if (study === null) return <StudyList />;
  return study === "new" ? <MakeStudy /> : <StudyPage key={study} id={study} />;
}
