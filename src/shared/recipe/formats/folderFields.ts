/** How the folders of a data set of files are taken: which are parts, which are classes, and where the class is written. */
import { z } from "zod";

/** What a folder can be. */
export const folderRoles = ["train", "validation", "test", "class", "leaveOut"] as const;

/** Where the class of a file is written. */
export const classPlaces = ["folder", "name", "firstWord", "lastWord"] as const;

export const mergeNames = z.boolean().optional().meta({
  title: "Merged names",
  description:
    'Whether classes are put together where their names differ only in case, spaces, a full stop or the way Unicode composes their letters: "cats" and "Cats " are one then.',
});

export const folderFields = {
  folders: z.record(z.string(), z.enum(folderRoles)).optional().meta({
    title: "Folders",
    description:
      "What a folder is, by its name, where the guess is wrong: a part (train, validation, test) with the folders of the classes in it, a class, or left out. Folders that are not named here are judged by their names and by what is in them.",
  }),
  classFrom: z.enum(classPlaces).optional().meta({
    title: "Class from",
    description:
      "Where the class of a file is written: the folder that it is in; its name up to the number at the end (cat of cat_001); the first or the last word of its name. Where absent: the folder, or the name where there are no folders of classes.",
  }),
  mergeNames,
};

export type FolderRole = (typeof folderRoles)[number];
export type ClassPlace = (typeof classPlaces)[number];
