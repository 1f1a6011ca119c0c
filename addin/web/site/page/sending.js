// The sending list: who gets which report, how, in which language, in large print. The page and the pane both show it.
import { howMany, list } from "./elements.js";

/** @param {Record<string, string>[]} rows by the headings of the list @param {boolean} files whether each has a file */
export function recipients(rows, files) {
  const short = (heading) => ({ heading, cell: (one) => one[heading], short: true });
  return list(howMany(rows.length, "line"), [
    { heading: "Learner", cell: (one) => `${one.Learner} (${one["Learner ID"]})` },
    { heading: "To", cell: (one) => (one.To ? `${one.To}${one.Relation ? `, ${one.Relation}` : ""}` : "nobody") },
    { heading: "How", cell: (one) => [one.How, one.How === "email" ? one.Email : one.How === "post" ? one.Address : ""].filter(Boolean).join(": ") },
    short("Language"), short("Large print"),
    ...(files ? [{ heading: "File", cell: (one) => one.File }] : [])], rows, 20);
}
