/** swagger-ui-dist ships no types; its main file loads the whole page's script, this one only tells the folder. */
declare module 'swagger-ui-dist/absolute-path' {
  const absolutePath: () => string;
  export = absolutePath;
}
