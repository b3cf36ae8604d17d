/** Data sets that are written as code, and the permission to run them. */
import { resolve } from "node:path";
import { examineModule } from "../../data/code/examine.ts";
import { listPermissions } from "../../data/code/permissions.ts";
import { allowCode, forgetCode } from "../data/code.ts";
import type { Root, RouterParts } from "./root.ts";

export function codeProcedures(root: Root, { context }: RouterParts) {
  return {
    examine: root.code.examine.handler(({ input }) => examineModule(resolve(input.path))),
    allow: root.code.allow.handler(({ input }) => allowCode(context, resolve(input.path), input.digest)),
    list: root.code.list.handler(() => listPermissions()),
    forget: root.code.forget.handler(({ input }) => forgetCode(context, input.hashes)),
  };
}
