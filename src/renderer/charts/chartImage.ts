/**
 * A chart's panel as an image, as it looks on the screen: its drawings and texts, with their colours and fonts, on its background. They are combined
 * into one SVG, which the browser rasterizes. Elements marked `data-no-image`, such as buttons, are left out.
 */

/** Image pixels per screen pixel. */
const SCALE = 2;

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "dominant-baseline",
] as const;

const SVG = "http://www.w3.org/2000/svg";

/** @param panel its texts must be in elements marked `data-image-text` */
export async function chartImage(panel: HTMLElement): Promise<Blob> {
  const { width, height } = panel.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(pictureOf(panel)))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws no images");
  context.fillStyle = getComputedStyle(panel).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the image is too large for this browser")) : resolve(blob)), "image/png"),
  );
}

/** Browsers may refuse this: they copy images only while the page has the focus. */
export async function copyImage(panel: HTMLElement): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ "image/png": chartImage(panel) })]);
}

function pictureOf(panel: HTMLElement): SVGSVGElement {
  const origin = panel.getBoundingClientRect();
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("width", String(origin.width));
  picture.setAttribute("height", String(origin.height));
  for (const drawing of panel.querySelectorAll("svg")) {
    if (drawing.closest("[data-no-image]") !== null) continue;
    const { left, top, width, height } = drawing.getBoundingClientRect();
    const copy = drawing.cloneNode(true);
    if (!(copy instanceof SVGSVGElement)) continue;
    keepStyles(drawing, copy);
    for (const [name, value] of Object.entries({ x: left - origin.left, y: top - origin.top, width, height })) copy.setAttribute(name, String(value));
    for (const unwanted of copy.querySelectorAll("[data-no-image]")) unwanted.remove();
    picture.append(copy);
  }
  for (const element of panel.querySelectorAll("[data-image-text]")) {
    if (element.closest("[data-no-image]") !== null) continue;
    const { left, top, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const text = document.createElementNS(SVG, "text");
    text.textContent = element.textContent;
    for (const [name, value] of Object.entries({ x: left - origin.left, y: top - origin.top + height / 2 })) text.setAttribute(name, String(value));
    text.setAttribute("dominant-baseline", "central");
    for (const name of ["font-family", "font-size", "font-weight", "font-variant-numeric"]) text.style.setProperty(name, style.getPropertyValue(name));
    text.style.setProperty("fill", style.color);
    picture.append(text);
  }
  return picture;
}

/** Computed styles are written into the drawing, because style sheets and variables do not apply outside the page. */
function keepStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  to.removeAttribute("class");
  if (to instanceof SVGElement) for (const name of STYLES) to.style.setProperty(name, style.getPropertyValue(name));
  for (const [i, child] of [...from.children].entries()) {
    const copy = to.children[i];
    if (copy !== undefined) keepStyles(child, copy);
  }
}
