/**
 * Identities that are valid in form and nobody's: unified social credit codes and names of made enterprises.
 *
 * The organisation part of a code (characters 9 to 17) is `DEM0` and a serial number with its GB 11714 check
 * character. Real ones are eight digits or begin with `MA`, so a made code can be told at a glance and cannot be a
 * real enterprise's.
 */
import { usccCheckCharacter } from '@tanxiao/contracts';

const MADE_ORGANISATION = 'DEM0';
/** 9: registered by market regulation; 1: enterprise. */
const ENTERPRISE = '91';
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

function serialText(serial: number): string {
  return String(serial).padStart(4, '0');
}

/** Check character of an organisation code's first eight (GB 11714: letters count from A = 10, modulus 11). */
function organisationCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * parseInt(first8[i]!, 36),
    0,
  );
  return '0123456789X0'[11 - (sum % 11)]!;
}

/** `serial` from 1 to 9999; `regionCode` is the district's. */
export function madeUscc(serial: number, regionCode: string): string {
  const organisation = MADE_ORGANISATION + serialText(serial);
  const first17 = ENTERPRISE + regionCode + organisation + organisationCheckCharacter(organisation);
  return first17 + usccCheckCharacter(first17);
}

/** The same code with another check character, as a slip of the hand leaves it. */
export function withBrokenCheckCharacter(uscc: string): string {
  const next = (USCC_ALPHABET.indexOf(uscc[17]!) + 1) % USCC_ALPHABET.length;
  return uscc.slice(0, 17) + USCC_ALPHABET[next]!;
}

/** For example 吴兴示例纺织有限公司0001. */
export function madeName(serial: number, district: string, trade: string): string {
  return `${district}示例${trade}有限公司${serialText(serial)}`;
}
