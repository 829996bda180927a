/** A made city (人工生成，非真实数据) to see the engine at work, and to test it with uploads as dirty as real ones. */
export * from './city';
export { type CityModel, DIRT_KINDS, type DirtKind, loadCityModel } from './city-model';
export type { Enterprise } from './enterprise';
