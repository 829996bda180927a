/** The addresses that the demonstration reads and prints, in one place. */

export const RATINGS = '/v1/ratings';
export const RANKINGS = '/v1/rankings';
export const DISTRIBUTION = '/v1/distribution';

export function explanationOf(ratingId: string): string {
  return `${RATINGS}/${ratingId}/explanation`;
}

export function errorsOf(uploadId: string): string {
  return `/v1/uploads/${uploadId}/errors`;
}

export function query(values: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(values).toString()}`;
}
