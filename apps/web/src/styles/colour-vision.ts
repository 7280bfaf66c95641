/** What the palette test measures with: sRGB contrast (WCAG 2), Machado 2009 dichromacy, CIEDE2000. */
export type Rgb = readonly [number, number, number]
export type Vision = keyof typeof visions

/** Severity 1.0 matrices of Machado, Oliveira and Fernandes (2009), applied to linear sRGB. */
export const visions = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const satisfies Record<string, readonly number[]>

/** Linear sRGB, each 0–1, of a colour written #RRGGBB. */
export function linearRgb(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG contrast ratio, 1–21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(linearRgb(a)), luminance(linearRgb(b))].sort((x, y) => x - y) as [
    number,
    number,
  ]
  return (high + 0.05) / (low + 0.05)
}

/** The colour as this vision sees it. */
export function seenBy(vision: Vision, [r, g, b]: Rgb): Rgb {
  const m = visions[vision]
  const row = (i: number) =>
    Math.min(1, Math.max(0, (m[i] ?? 0) * r + (m[i + 1] ?? 0) * g + (m[i + 2] ?? 0) * b))
  return [row(0), row(3), row(6)]
}

function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const degrees = (radians: number) => (radians * 180) / Math.PI
const radians = (angle: number) => (angle * Math.PI) / 180

/** CIEDE2000 between two linear sRGB colours (Sharma, Wu and Dalal 2005, with its notation). */
export function deltaE(first: Rgb, second: Rgb): number {
  const [l1, a1, b1] = lab(first)
  const [l2, a2, b2] = lab(second)
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [ap1, ap2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(ap1, b1), Math.hypot(ap2, b2)]
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360)
  const [h1, h2] = [hue(ap1, b1), hue(ap2, b2)]
  const grey = c1 * c2 === 0
  let dh = grey ? 0 : h2 - h1
  if (dh > 180) dh -= 360
  else if (dh < -180) dh += 360
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(dh) / 2)
  const meanL = (l1 + l2) / 2
  const meanCp = (c1 + c2) / 2
  let meanH = h1 + h2
  if (!grey) meanH = Math.abs(h1 - h2) <= 180 ? meanH / 2 : meanH < 360 ? meanH / 2 + 180 : meanH / 2 - 180
  const t =
    1 -
    0.17 * Math.cos(radians(meanH - 30)) +
    0.24 * Math.cos(radians(2 * meanH)) +
    0.32 * Math.cos(radians(3 * meanH + 6)) -
    0.2 * Math.cos(radians(4 * meanH - 63))
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2)
  const sc = 1 + 0.045 * meanCp
  const sh = 1 + 0.015 * meanCp * t
  const rc = 2 * Math.sqrt(meanCp ** 7 / (meanCp ** 7 + 25 ** 7))
  const rt = -rc * Math.sin(radians(60 * Math.exp(-(((meanH - 275) / 25) ** 2))))
  const [tl, tc, th] = [(l2 - l1) / sl, (c2 - c1) / sc, dH / sh]
  return Math.sqrt(tl ** 2 + tc ** 2 + th ** 2 + rt * tc * th)
}
